// Command bundle turns internal/web/src into the files the product serves: internal/web/asset/dist.
//
// It bundles and minifies CSS and JavaScript with esbuild, cuts the icon sprite, gives every file a name that
// holds its hash, compresses it beside itself (.br, .gz), and writes manifest.json and THIRD_PARTY.txt. Two runs
// over the same sources give the same bytes, so a check can rebuild and compare.
//
// Only people who change CSS, JavaScript or icons need it:
//
//	npm ci --ignore-scripts --prefix internal/web/src
//	go -C tools run ./bundle
package main
