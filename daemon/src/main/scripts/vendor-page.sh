#!/bin/bash
# Makes page/vendor again: what it holds was packed by npm, unpacked, and copied or reduced, nothing else.
# usage: vendor-page.sh   (needs npm and node; the page itself needs neither, nothing here runs in a build)
set -eu
page=$(cd "$(dirname "$0")/../resources/page" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in htm@3.1.1 preact@10.5.0 lean-qr@2.7.4 emoji-picker-element-data@1.8.0; do
  npm pack --silent "$package" > /dev/null
done
for archive in *.tgz; do
  mkdir "${archive%.tgz}" && tar xzf "$archive" -C "${archive%.tgz}"
done
out=$page/vendor
mkdir -p "$out/licences"
cp htm-3.1.1/package/preact/standalone.module.js "$out/htm-preact.js"
cp lean-qr-2.7.4/package/index.mjs "$out/lean-qr.js"
cp htm-3.1.1/package/LICENSE "$out/licences/htm.txt"
cp preact-*/package/LICENSE "$out/licences/preact.txt"
cp lean-qr-2.7.4/package/LICENSE "$out/licences/lean-qr.txt"
cp emoji-picker-element-data-1.8.0/package/LICENSE "$out/licences/emoji-picker-element-data.txt"
node --input-type=module - "$work/emoji-picker-element-data-1.8.0/package" "$out" <<'JS'
import fs from 'node:fs';
const [from, out] = process.argv.slice(2);
// Newer ones are boxes on most systems that are in use; group 2 is parts of pictures, not pictures.
const NEWEST = 15;
for (const language of ['en', 'ru']) {
  const all = JSON.parse(fs.readFileSync(`${from}/${language}/cldr/data.json`, 'utf8'));
  const rows = all
    .filter((e) => e.group !== undefined && e.group !== 2 && e.version <= NEWEST)
    .sort((a, b) => a.order - b.order)
    .map((e) => JSON.stringify([e.emoji, e.annotation, (e.tags || []).join(' '), e.group]));
  fs.writeFileSync(`${out}/emoji-${language}.js`, `export default [\n${rows.join(',\n')}\n];\n`);
}
JS
node --input-type=module - "$out" <<'JS'
import fs from 'node:fs';
import { createHash } from 'node:crypto';
const out = process.argv[2];
const hash = (file) => createHash('sha256').update(fs.readFileSync(`${out}/${file}`)).digest('hex');
const list = JSON.parse(fs.readFileSync(`${out}/VENDOR.json`, 'utf8'));
for (const each of list) each.sha256 = hash(each.file);
fs.writeFileSync(`${out}/VENDOR.json`, `${JSON.stringify(list, null, 2)}\n`);
JS
