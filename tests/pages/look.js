// Looks at each page of the frames, as a browser has it: what is wrong stands in #found, a line each.
'use strict';

// What the templates make, and Markdown: nothing else comes from a person's words.
const made = new Set(('html head meta title style body header main section footer h1 h2 h3 h4 h5 ' +
	'h6 p bdi ul ol li i div a figure figcaption svg rect span small strong em dl dt dd code pre ' +
	'blockquote br hr').split(' '));

// Of a colour as getComputedStyle gives it: red, green, blue, alpha.
function parts(color) {
	const n = color.match(/[\d.]+/g).map(Number);
	return n.length > 3 ? n : [...n, 1];
}

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance(color) {
	const [r, g, b] = parts(color).slice(0, 3).map((c) => {
		c /= 255;
		return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ground(element, view) {
	for (; element; element = element.parentElement) {
		const color = view.getComputedStyle(element).backgroundColor;
		if (parts(color)[3] > 0)
			return color;
	}
	return 'rgb(255, 255, 255)';
}

function contrast(a, b) {
	const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
}

function look(frame, tell) {
	const view = frame.contentWindow, page = frame.contentDocument;
	const wide = page.documentElement.clientWidth;
	if (page.documentElement.scrollWidth > wide)
		tell(`is ${page.documentElement.scrollWidth} wide`);
	for (const e of page.querySelectorAll('*')) {
		const name = e.localName, box = e.getBoundingClientRect();
		if (!made.has(name) && !(name === 'title' && e.closest('svg')))
			tell(`has an element ${name}`);
		if (box.right > wide + 0.5 || box.left < -0.5)
			tell(`${name}.${e.getAttribute('class')} sticks out: ${e.textContent.slice(0, 40)}`);
		for (const a of e.attributes)
			if (/^on|^src|^action|^style$/.test(a.name) ||
			    (a.name === 'href' && !/^(https?:|mailto:|tel:)/.test(a.value)))
				tell(`${name} has ${a.name}=${a.value}`);
	}
	const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
	let count = 0;
	for (let text; (text = texts.nextNode());) {
		const e = text.parentElement;
		if (!text.data.trim() || e.closest('svg, style'))
			continue;
		count++;
		const ratio = contrast(view.getComputedStyle(e).color, ground(e, view));
		if (ratio < 4.5)
			tell(`contrast ${ratio.toFixed(2)}: ${text.data.trim().slice(0, 40)}`);
	}
	if (count < 5)
		tell(`shows ${count} texts`);
	for (const entry of view.performance.getEntriesByType('resource'))
		tell(`loads ${entry.name}`);
	return count;
}

window.addEventListener('load', () => {
	const found = [], dark = matchMedia('(prefers-color-scheme: dark)').matches;
	let texts = 0;
	for (const frame of document.querySelectorAll('iframe')) {
		const name = `${frame.title} at ${frame.width}, ${dark ? 'dark' : 'light'}`;
		texts += look(frame, (what) => found.push(`${name}: ${what}`));
	}
	found.push(`looked at ${texts} texts, ${dark ? 'dark' : 'light'}`);
	document.getElementById('found').textContent = '\n' + found.join('\n') + '\n';
});
