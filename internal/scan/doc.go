// Package scan reads the words of a picture with the machine's tesseract, where there is
// one. It is in the foundation and knows no figure: what the words mean is for the slices.
//
// Words. A Tool is the program as found at start. A picture is a screenshot of a phone, in
// a format that phones write.
//
// Laws. A picture is what strangers sent: the tool reads it from its input, without the
// environment, on one thread, at low priority, under a time limit, two at a time; what it
// says of itself goes to the log alone. What cannot be read gives no words and is no
// failure of the person who sent it.
package scan
