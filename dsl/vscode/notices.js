// Writes the licences of what is in extension/lib/languageclient.js beside it.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const bundled = fs.readFileSync('extension/lib/languageclient.js', 'utf8');
const names = new Set(
    [...bundled.matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)].map(found => found[1]),
);
const notices = [...names].sort().map(name => {
    const folder = path.join('node_modules', name);
    const { version, license } = JSON.parse(
        fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
    );
    const file = fs.readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
    if (!file) {
        throw new Error(`${name} ${version} comes without a licence file`);
    }
    const text = fs.readFileSync(path.join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
});
fs.writeFileSync('extension/lib/LICENCES.txt', notices.join('\n' + '-'.repeat(80) + '\n\n'));
