#include "report/mustache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* JSON with ' for ", so that it can be read in C. */
static json_t *json_of(const char *quoted)
{
	struct buf b;
	buf_init(&b, 0);
	for (; *quoted; quoted++)
		buf_addc(&b, *quoted == '\'' ? '"' : *quoted);
	json_t *json = json_loadb(b.p, b.n, JSON_DECODE_ANY, NULL);
	buf_release(&b);
	assert_non_null(json);
	return json;
}

static struct str find_partial(void *context, struct str name)
{
	const json_t *text = json_object_getn(context, name.p, name.n);
	return str_of(json_string_value(text));
}

static int render(const char *text, enum mustache_kind kind, const char *data, const char *partials,
		  struct buf *out, struct kith_error *err)
{
	struct mustache *t = NULL;
	json_t *model = json_of(data), *found = json_of(partials ? partials : "{}");
	int failed = mustache_parse(&t, "page.md", str_of(text), kind, err);
	if (failed)
		assert_null(t);
	else
		failed = mustache_render(t, model, find_partial, found, out, err);
	mustache_free(t);
	json_decref(model);
	json_decref(found);
	return failed;
}

struct spec_case {
	const char *name, *text, *data, *partials, *expected;
};

/* The cases of each core module of the Mustache specification 1.3, by its names. */
static const struct spec_case comments[] = {
    {"Inline", "ab{{! Comment Block! }}cd", "{}", NULL, "abcd"},
    {"Multiline", "ab{{!\n  over some\n  lines...\n}}cd\n", "{}", NULL, "abcd\n"},
    {"Standalone", "Begin.\n{{! Comment Block! }}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n"},
    {"Indented Standalone", "Begin.\n  {{! in }}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n"},
    {"Standalone Line Endings", "|\r\n{{! c }}\r\n|", "{}", NULL, "|\r\n|"},
    {"Standalone Without Previous Line", "  {{! first }}\n!", "{}", NULL, "!"},
    {"Standalone Without Newline", "!\n  {{! last }}", "{}", NULL, "!\n"},
    {"Multiline Standalone", "Begin.\n{{!\nSome...\n}}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n"},
    {"Indented Multiline Standalone", "Begin.\n  {{!\n    Some...\n  }}\nEnd.\n", "{}", NULL,
     "Begin.\nEnd.\n"},
    {"Indented Inline", "  12 {{! 34 }}\n", "{}", NULL, "  12 \n"},
    {"Surrounding Whitespace", "12 {{! Block! }} 67", "{}", NULL, "12  67"},
    {"Variable Name Collision", "none: >{{! comment }}<",
     "{'! comment': 1, '! comment ': 2, '!comment': 3, 'comment': 4}", NULL, "none: ><"},
};

static const struct spec_case interpolation[] = {
    {"No Interpolation", "Hello from {Mustache}!\n", "{}", NULL, "Hello from {Mustache}!\n"},
    {"Basic Interpolation", "Hello, {{subject}}!\n", "{'subject': 'world'}", NULL,
     "Hello, world!\n"},
    {"No Re-interpolation", "{{template}}: {{planet}}",
     "{'template': '{{planet}}', 'planet': 'Earth'}", NULL, "{{planet}}: Earth"},
    {"HTML Escaping", "escaped: {{x}}\n", "{'x': '& \\u0022 < >'}", NULL,
     "escaped: &amp; &quot; &lt; &gt;\n"},
    {"Triple Mustache", "not: {{{x}}}\n", "{'x': '& \\u0022 < >'}", NULL, "not: & \" < >\n"},
    {"Ampersand", "not: {{&x}}\n", "{'x': '& \\u0022 < >'}", NULL, "not: & \" < >\n"},
    {"Basic Integer Interpolation", "\"{{mph}} miles\"", "{'mph': 85}", NULL, "\"85 miles\""},
    {"Triple Mustache Integer Interpolation", "\"{{{mph}}} miles\"", "{'mph': 85}", NULL,
     "\"85 miles\""},
    {"Ampersand Integer Interpolation", "\"{{&mph}} miles\"", "{'mph': 85}", NULL, "\"85 miles\""},
    {"Basic Decimal Interpolation", "\"{{p}} GW\"", "{'p': 1.210}", NULL, "\"1.21 GW\""},
    {"Triple Mustache Decimal Interpolation", "\"{{{p}}} GW\"", "{'p': 1.210}", NULL,
     "\"1.21 GW\""},
    {"Ampersand Decimal Interpolation", "\"{{&p}} GW\"", "{'p': 1.210}", NULL, "\"1.21 GW\""},
    {"Basic Null Interpolation", "I ({{no}}) be", "{'no': null}", NULL, "I () be"},
    {"Triple Mustache Null Interpolation", "I ({{{no}}}) be", "{'no': null}", NULL, "I () be"},
    {"Ampersand Null Interpolation", "I ({{&no}}) be", "{'no': null}", NULL, "I () be"},
    {"Basic Context Miss Interpolation", "I ({{no}}) be", "{}", NULL, "I () be"},
    {"Triple Mustache Context Miss Interpolation", "I ({{{no}}}) be", "{}", NULL, "I () be"},
    {"Ampersand Context Miss Interpolation", "I ({{&no}}) be", "{}", NULL, "I () be"},
    {"Dotted Names - Basic Interpolation", "{{p.name}} == {{#p}}{{name}}{{/p}}",
     "{'p': {'name': 'Joe'}}", NULL, "Joe == Joe"},
    {"Dotted Names - Triple Mustache Interpolation", "{{{p.name}}} == {{#p}}{{{name}}}{{/p}}",
     "{'p': {'name': 'Joe'}}", NULL, "Joe == Joe"},
    {"Dotted Names - Ampersand Interpolation", "{{&p.name}} == {{#p}}{{&name}}{{/p}}",
     "{'p': {'name': 'Joe'}}", NULL, "Joe == Joe"},
    {"Dotted Names - Arbitrary Depth", "{{a.b.c.d.e.name}} == Phil",
     "{'a': {'b': {'c': {'d': {'e': {'name': 'Phil'}}}}}}", NULL, "Phil == Phil"},
    {"Dotted Names - Broken Chains", "[{{a.b.c}}]", "{'a': {}}", NULL, "[]"},
    {"Dotted Names - Broken Chain Resolution", "[{{a.b.c.name}}]",
     "{'a': {'b': {}}, 'c': {'name': 'Jim'}}", NULL, "[]"},
    {"Dotted Names - Initial Resolution", "{{#a}}{{b.c.name}}{{/a}} == Phil",
     "{'a': {'b': {'c': {'name': 'Phil'}}}, 'b': {'c': {'name': 'Wrong'}}}", NULL, "Phil == Phil"},
    {"Dotted Names - Context Precedence", "{{#a}}{{b.c}}{{/a}}",
     "{'a': {'b': {}}, 'b': {'c': 'ERROR'}}", NULL, ""},
    {"Dotted Names are never single keys", "{{a.b}}", "{'a.b': 'c'}", NULL, ""},
    {"Dotted Names - No Masking", "{{a.b}}", "{'a.b': 'c', 'a': {'b': 'd'}}", NULL, "d"},
    {"Implicit Iterators - Basic Interpolation", "Hello, {{.}}!\n", "'world'", NULL,
     "Hello, world!\n"},
    {"Implicit Iterators - HTML Escaping", "escaped: {{.}}\n", "'& \\u0022 < >'", NULL,
     "escaped: &amp; &quot; &lt; &gt;\n"},
    {"Implicit Iterators - Triple Mustache", "not: {{{.}}}\n", "'& \\u0022 < >'", NULL,
     "not: & \" < >\n"},
    {"Implicit Iterators - Ampersand", "not: {{&.}}\n", "'& \\u0022 < >'", NULL, "not: & \" < >\n"},
    {"Implicit Iterators - Basic Integer Interpolation", "\"{{.}} miles\"", "85", NULL,
     "\"85 miles\""},
    {"Interpolation - Surrounding Whitespace", "| {{s}} |", "{'s': '---'}", NULL, "| --- |"},
    {"Triple Mustache - Surrounding Whitespace", "| {{{s}}} |", "{'s': '---'}", NULL, "| --- |"},
    {"Ampersand - Surrounding Whitespace", "| {{&s}} |", "{'s': '---'}", NULL, "| --- |"},
    {"Interpolation - Standalone", "  {{s}}\n", "{'s': '---'}", NULL, "  ---\n"},
    {"Triple Mustache - Standalone", "  {{{s}}}\n", "{'s': '---'}", NULL, "  ---\n"},
    {"Ampersand - Standalone", "  {{&s}}\n", "{'s': '---'}", NULL, "  ---\n"},
    {"Interpolation With Padding", "|{{ s }}|", "{'s': '---'}", NULL, "|---|"},
    {"Triple Mustache With Padding", "|{{{ s }}}|", "{'s': '---'}", NULL, "|---|"},
    {"Ampersand With Padding", "|{{& s }}|", "{'s': '---'}", NULL, "|---|"},
};

static const struct spec_case sections[] = {
    {"Truthy", "\"{{#b}}rendered.{{/b}}\"", "{'b': true}", NULL, "\"rendered.\""},
    {"Falsey", "\"{{#b}}not.{{/b}}\"", "{'b': false}", NULL, "\"\""},
    {"Null is falsey", "\"{{#null}}not.{{/null}}\"", "{'null': null}", NULL, "\"\""},
    {"Context", "{{#context}}Hi {{name}}.{{/context}}", "{'context': {'name': 'Joe'}}", NULL,
     "Hi Joe."},
    {"Parent contexts", "{{#sec}}{{a}}, {{b}}, {{c.d}}{{/sec}}",
     "{'a': 'foo', 'b': 'wrong', 'sec': {'b': 'bar'}, 'c': {'d': 'baz'}}", NULL, "foo, bar, baz"},
    {"Variable test", "{{#foo}}{{.}} is {{foo}}{{/foo}}", "{'foo': 'bar'}", NULL, "bar is bar"},
    {"List Contexts",
     "{{#tops}}{{#middles}}{{tname.lower}}{{mname}}.{{#bottoms}}{{tname.upper}}{{mname}}"
     "{{bname}}.{{/bottoms}}{{/middles}}{{/tops}}",
     "{'tops': [{'tname': {'upper': 'A', 'lower': 'a'}, 'middles': [{'mname': '1', 'bottoms': "
     "[{'bname': 'x'}, {'bname': 'y'}]}]}]}",
     NULL, "a1.A1x.A1y."},
    {"Deeply Nested Contexts",
     "{{#a}}\n{{one}}\n{{#b}}\n{{one}}{{two}}{{one}}\n{{#c}}\n"
     "{{one}}{{two}}{{three}}{{two}}{{one}}\n{{#d}}\n"
     "{{one}}{{two}}{{three}}{{four}}{{three}}{{two}}{{one}}\n{{#five}}\n"
     "{{one}}{{two}}{{three}}{{four}}{{five}}{{four}}{{three}}{{two}}{{one}}\n"
     "{{one}}{{two}}{{three}}{{four}}{{.}}6{{.}}{{four}}{{three}}{{two}}{{one}}\n"
     "{{one}}{{two}}{{three}}{{four}}{{five}}{{four}}{{three}}{{two}}{{one}}\n{{/five}}\n"
     "{{one}}{{two}}{{three}}{{four}}{{three}}{{two}}{{one}}\n{{/d}}\n"
     "{{one}}{{two}}{{three}}{{two}}{{one}}\n{{/c}}\n{{one}}{{two}}{{one}}\n{{/b}}\n{{one}}\n"
     "{{/a}}\n",
     "{'a': {'one': 1}, 'b': {'two': 2}, 'c': {'three': 3, 'd': {'four': 4, 'five': 5}}}", NULL,
     "1\n121\n12321\n1234321\n123454321\n12345654321\n123454321\n1234321\n12321\n121\n1\n"},
    {"List", "{{#list}}{{item}}{{/list}}", "{'list': [{'item': 1}, {'item': 2}, {'item': 3}]}",
     NULL, "123"},
    {"Empty List", "\"{{#list}}Yay!{{/list}}\"", "{'list': []}", NULL, "\"\""},
    {"Doubled", "{{#bool}}\n* first\n{{/bool}}\n* {{two}}\n{{#bool}}\n* third\n{{/bool}}\n",
     "{'bool': true, 'two': 'second'}", NULL, "* first\n* second\n* third\n"},
    {"Nested (Truthy)", "| A {{#b}}B {{#b}}C{{/b}} D{{/b}} E |", "{'b': true}", NULL,
     "| A B C D E |"},
    {"Nested (Falsey)", "| A {{#b}}B {{#b}}C{{/b}} D{{/b}} E |", "{'b': false}", NULL, "| A  E |"},
    {"Context Misses", "[{{#missing}}Found 'missing'!{{/missing}}]", "{}", NULL, "[]"},
    {"Implicit Iterator - String", "{{#list}}({{.}}){{/list}}",
     "{'list': ['a', 'b', 'c', 'd', 'e']}", NULL, "(a)(b)(c)(d)(e)"},
    {"Implicit Iterator - Integer", "{{#list}}({{.}}){{/list}}", "{'list': [1, 2, 3, 4, 5]}", NULL,
     "(1)(2)(3)(4)(5)"},
    {"Implicit Iterator - Decimal", "{{#list}}({{.}}){{/list}}",
     "{'list': [1.10, 2.20, 3.30, 4.40, 5.50]}", NULL, "(1.1)(2.2)(3.3)(4.4)(5.5)"},
    {"Implicit Iterator - Array", "{{#list}}({{#.}}{{.}}{{/.}}){{/list}}",
     "{'list': [[1, 2, 3], ['a', 'b', 'c']]}", NULL, "(123)(abc)"},
    {"Implicit Iterator - HTML Escaping", "{{#list}}({{.}}){{/list}}",
     "{'list': ['&', '\\u0022', '<', '>']}", NULL, "(&amp;)(&quot;)(&lt;)(&gt;)"},
    {"Implicit Iterator - Triple mustache", "{{#list}}({{{.}}}){{/list}}",
     "{'list': ['&', '\\u0022', '<', '>']}", NULL, "(&)(\")(<)(>)"},
    {"Implicit Iterator - Ampersand", "{{#list}}({{&.}}){{/list}}",
     "{'list': ['&', '\\u0022', '<', '>']}", NULL, "(&)(\")(<)(>)"},
    {"Implicit Iterator - Root-level", "{{#.}}({{value}}){{/.}}",
     "[{'value': 'a'}, {'value': 'b'}]", NULL, "(a)(b)"},
    {"Dotted Names - Truthy", "[{{#a.b.c}}Here{{/a.b.c}}]", "{'a': {'b': {'c': true}}}", NULL,
     "[Here]"},
    {"Dotted Names - Falsey", "[{{#a.b.c}}Here{{/a.b.c}}]", "{'a': {'b': {'c': false}}}", NULL,
     "[]"},
    {"Dotted Names - Broken Chains", "[{{#a.b.c}}Here{{/a.b.c}}]", "{'a': {}}", NULL, "[]"},
    {"Surrounding Whitespace", " | {{#b}}\t|\t{{/b}} | \n", "{'b': true}", NULL, " | \t|\t | \n"},
    {"Internal Whitespace", " | {{#b}} {{! White }}\n {{/b}} | \n", "{'b': true}", NULL,
     " |  \n  | \n"},
    {"Indented Inline Sections", " {{#b}}YES{{/b}}\n {{#b}}GOOD{{/b}}\n", "{'b': true}", NULL,
     " YES\n GOOD\n"},
    {"Standalone Lines", "| This Is\n{{#b}}\n|\n{{/b}}\n| A Line\n", "{'b': true}", NULL,
     "| This Is\n|\n| A Line\n"},
    {"Indented Standalone Lines", "| This Is\n  {{#b}}\n|\n  {{/b}}\n| A Line\n", "{'b': true}",
     NULL, "| This Is\n|\n| A Line\n"},
    {"Standalone Line Endings", "|\r\n{{#b}}\r\n{{/b}}\r\n|", "{'b': true}", NULL, "|\r\n|"},
    {"Standalone Without Previous Line", "  {{#b}}\n#{{/b}}\n/", "{'b': true}", NULL, "#\n/"},
    {"Standalone Without Newline", "#{{#b}}\n/\n  {{/b}}", "{'b': true}", NULL, "#\n/\n"},
    {"Padding", "|{{# b }}={{/ b }}|", "{'b': true}", NULL, "|=|"},
};

static const struct spec_case inverted[] = {
    {"Falsey", "\"{{^b}}rendered.{{/b}}\"", "{'b': false}", NULL, "\"rendered.\""},
    {"Truthy", "\"{{^b}}not.{{/b}}\"", "{'b': true}", NULL, "\"\""},
    {"Null is falsey", "\"{{^null}}rendered.{{/null}}\"", "{'null': null}", NULL, "\"rendered.\""},
    {"Context", "\"{{^context}}Hi {{name}}.{{/context}}\"", "{'context': {'name': 'Joe'}}", NULL,
     "\"\""},
    {"List", "\"{{^list}}{{n}}{{/list}}\"", "{'list': [{'n': 1}, {'n': 2}, {'n': 3}]}", NULL,
     "\"\""},
    {"Empty List", "\"{{^list}}Yay!{{/list}}\"", "{'list': []}", NULL, "\"Yay!\""},
    {"Doubled", "{{^bool}}\n* first\n{{/bool}}\n* {{two}}\n{{^bool}}\n* third\n{{/bool}}\n",
     "{'bool': false, 'two': 'second'}", NULL, "* first\n* second\n* third\n"},
    {"Nested (Falsey)", "| A {{^b}}B {{^b}}C{{/b}} D{{/b}} E |", "{'b': false}", NULL,
     "| A B C D E |"},
    {"Nested (Truthy)", "| A {{^b}}B {{^b}}C{{/b}} D{{/b}} E |", "{'b': true}", NULL, "| A  E |"},
    {"Context Misses", "[{{^missing}}No 'missing'!{{/missing}}]", "{}", NULL, "[No 'missing'!]"},
    {"Dotted Names - Truthy", "[{{^a.b.c}}Not Here{{/a.b.c}}]", "{'a': {'b': {'c': true}}}", NULL,
     "[]"},
    {"Dotted Names - Falsey", "[{{^a.b.c}}Not Here{{/a.b.c}}]", "{'a': {'b': {'c': false}}}", NULL,
     "[Not Here]"},
    {"Dotted Names - Broken Chains", "[{{^a.b.c}}Not Here{{/a.b.c}}]", "{'a': {}}", NULL,
     "[Not Here]"},
    {"Surrounding Whitespace", " | {{^b}}\t|\t{{/b}} | \n", "{'b': false}", NULL, " | \t|\t | \n"},
    {"Internal Whitespace", " | {{^b}} {{! White }}\n {{/b}} | \n", "{'b': false}", NULL,
     " |  \n  | \n"},
    {"Indented Inline Sections", " {{^b}}NO{{/b}}\n {{^b}}WAY{{/b}}\n", "{'b': false}", NULL,
     " NO\n WAY\n"},
    {"Standalone Lines", "| This Is\n{{^b}}\n|\n{{/b}}\n| A Line\n", "{'b': false}", NULL,
     "| This Is\n|\n| A Line\n"},
    {"Standalone Indented Lines", "| This Is\n  {{^b}}\n|\n  {{/b}}\n| A Line\n", "{'b': false}",
     NULL, "| This Is\n|\n| A Line\n"},
    {"Standalone Line Endings", "|\r\n{{^b}}\r\n{{/b}}\r\n|", "{'b': false}", NULL, "|\r\n|"},
    {"Standalone Without Previous Line", "  {{^b}}\n^{{/b}}\n/", "{'b': false}", NULL, "^\n/"},
    {"Standalone Without Newline", "^{{^b}}\n/\n  {{/b}}", "{'b': false}", NULL, "^\n/\n"},
    {"Padding", "|{{^ b }}={{/ b }}|", "{'b': false}", NULL, "|=|"},
};

static const struct spec_case partials[] = {
    {"Basic Behavior", "\"{{>text}}\"", "{}", "{'text': 'from partial'}", "\"from partial\""},
    {"Failed Lookup", "\"{{>text}}\"", "{}", NULL, "\"\""},
    {"Context", "\"{{>p}}\"", "{'text': 'content'}", "{'p': '*{{text}}*'}", "\"*content*\""},
    {"Recursion", "{{>node}}", "{'content': 'X', 'nodes': [{'content': 'Y', 'nodes': []}]}",
     "{'node': '{{content}}<{{#nodes}}{{>node}}{{/nodes}}>'}", "X<Y<>>"},
    {"Nested", "{{>outer}}", "{'a': 'hello', 'b': 'world'}",
     "{'outer': '*{{a}} {{>inner}}*', 'inner': '{{b}}!'}", "*hello world!*"},
    {"Surrounding Whitespace", "| {{>p}} |", "{}", "{'p': '\\t|\\t'}", "| \t|\t |"},
    {"Inline Indentation", "  {{data}}  {{> p}}\n", "{'data': '|'}", "{'p': '>\\n>'}",
     "  |  >\n>\n"},
    {"Standalone Line Endings", "|\r\n{{>p}}\r\n|", "{}", "{'p': '>'}", "|\r\n>|"},
    {"Standalone Without Previous Line", "  {{>p}}\n>", "{}", "{'p': '>\\n>'}", "  >\n  >>"},
    {"Standalone Without Newline", ">\n  {{>p}}", "{}", "{'p': '>\\n>'}", ">\n  >\n  >"},
    {"Standalone Indentation", "\\\n {{>p}}\n/\n", "{'content': '<\\n->'}",
     "{'p': '|\\n{{{content}}}\\n|\\n'}", "\\\n |\n <\n->\n |\n/\n"},
    {"Padding Whitespace", "|{{> p }}|", "{'boolean': true}", "{'p': '[]'}", "|[]|"},
};

static const struct spec_case delimiters[] = {
    {"Pair Behavior", "{{=<% %>=}}(<%text%>)", "{'text': 'Hey!'}", NULL, "(Hey!)"},
    {"Special Characters", "({{=[ ]=}}[text])", "{'text': 'It worked!'}", NULL, "(It worked!)"},
    {"Sections",
     "[\n{{#s}}\n  {{d}}\n  |d|\n{{/s}}\n\n{{= | | =}}\n|#s|\n  {{d}}\n  |d|\n|/s|\n]\n",
     "{'s': true, 'd': 'I was.'}", NULL, "[\n  I was.\n  |d|\n\n  {{d}}\n  I was.\n]\n"},
    {"Inverted Sections",
     "[\n{{^s}}\n  {{d}}\n  |d|\n{{/s}}\n\n{{= | | =}}\n|^s|\n  {{d}}\n  |d|\n|/s|\n]\n",
     "{'s': false, 'd': 'I was.'}", NULL, "[\n  I was.\n  |d|\n\n  {{d}}\n  I was.\n]\n"},
    {"Partial Inheritence", "[ {{>include}} ]\n{{= | | =}}\n[ |>include| ]\n", "{'value': 'yes'}",
     "{'include': '.{{value}}.'}", "[ .yes. ]\n[ .yes. ]\n"},
    {"Post-Partial Behavior", "[ {{>include}} ]\n[ .{{value}}.  .|value|. ]\n", "{'value': 'yes'}",
     "{'include': '.{{value}}. {{= | | =}} .|value|.'}",
     "[ .yes.  .yes. ]\n[ .yes.  .|value|. ]\n"},
    {"Surrounding Whitespace", "| {{=@ @=}} |", "{}", NULL, "|  |"},
    {"Outlying Whitespace (Inline)", " | {{=@ @=}}\n", "{}", NULL, " | \n"},
    {"Standalone Tag", "Begin.\n{{=@ @=}}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n"},
    {"Indented Standalone Tag", "Begin.\n  {{=@ @=}}\nEnd.\n", "{}", NULL, "Begin.\nEnd.\n"},
    {"Standalone Line Endings", "|\r\n{{= @ @ =}}\r\n|", "{}", NULL, "|\r\n|"},
    {"Standalone Without Previous Line", "  {{=@ @=}}\n=", "{}", NULL, "="},
    {"Standalone Without Newline", "=\n  {{=@ @=}}", "{}", NULL, "=\n"},
    {"Pair with Padding", "|{{= @   @ =}}|", "{}", NULL, "||"},
};

/* What the specification leaves open, or says but does not test. */
static const struct spec_case ours[] = {
    {"Zero and empty texts are no falsey values", "{{#n}}0{{/n}}{{#s}}e{{/s}}{{#o}}o{{/o}}",
     "{'n': 0, 's': '', 'o': {}}", NULL, "0eo"},
    {"Booleans as words", "{{t}} {{f}}", "{'t': true, 'f': false}", NULL, "true false"},
    {"Lists and objects as JSON", "{{{l}}} {{{o}}}", "{'l': [1, 1.1], 'o': {'a': null}}", NULL,
     "[1,1.1] {\"a\":null}"},
    {"Numbers", "{{#l}}{{.}} {{/l}}",
     "{'l': [0, -7, 9007199254740993, 0.1, 3.0, 0.30000000000000004, 1e300]}", NULL,
     "0 -7 9007199254740993 0.1 3 0.30000000000000004 1e+300 "},
    {"A null in between hides what is below", "{{#a}}[{{x}}]{{/a}}", "{'a': {'x': null}, 'x': 1}",
     NULL, "[]"},
    {"A section over true", "{{#a}}{{.}} {{b}}{{/a}}", "{'a': true, 'b': 2}", NULL, "true 2"},
    {"Blanks before a sigil", "{{ #a }}x{{ /a }}{{ ! no }}", "{'a': 1}", NULL, "x"},
    {"Triple with other delimiters", "{{=<% %>=}}<%{a}%><%a%>", "{'a': '&'}", NULL, "&&amp;"},
    {"Braces around a tag", "{ {{a}} } {{{a}}}}", "{'a': 1}", NULL, "{ 1 } 1}"},
    {"Two tags on a line are not standalone", "{{#a}}{{/a}}\n{{#a}} {{! }}\nx{{/a}}", "{'a': 1}",
     NULL, "\n \nx"},
    {"A comment does not hide the start of a partial's line", "  {{>p}}\n", "{}",
     "{'p': '{{! c }}x\\n{{! c }}\\ny\\n'}", "  x\n  y\n"},
    {"Indentation adds up", "  {{>a}}\n", "{}", "{'a': '1\\n  {{>b}}\\n4\\n', 'b': '2\\n3\\n'}",
     "  1\n    2\n    3\n  4\n"},
    {"Nothing is added to empty lines", "  {{>p}}\n", "{}", "{'p': 'a\\n\\nb\\r\\n\\r\\nc'}",
     "  a\n\n  b\r\n\r\n  c"},
    {"An inline partial's lines are its own", "  {{>a}}\n", "{}",
     "{'a': '{{>b}}!\\n', 'b': '1\\n2'}", "  1\n2!\n"},
    {"Indentation in each round of a section", " {{>p}}\n.\n", "{'l': [1, 2]}",
     "{'p': '{{#l}}\\n{{.}}\\n{{/l}}\\n{{#l}}-{{/l}}\\n'}", " 1\n 2\n --\n.\n"},
    {"Indentation and interpolated lines", " {{>p}}\n", "{'c': '<\\n->'}",
     "{'p': '|\\n{{{c}}}a b{{{c}}}c\\n|\\n'}", " |\n <\n->a b<\n->c\n |\n"},
    {"A partial sees the sections around it", "{{#l}}{{>p}}{{/l}}", "{'l': [{'x': 1}, {'x': 2}]}",
     "{'p': '{{x}};'}", "1;2;"},
    {"A partial that is empty", "a\n  {{>p}}\nb", "{}", "{'p': ''}", "a\nb"},
    {"Nothing at all", "", "{}", NULL, ""},
};

static void run_cases(const struct spec_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct spec_case *c = &cases[i];
		struct buf out;
		struct kith_error err = {0};
		buf_init(&out, 4096);
		int failed = render(c->text, MUSTACHE_HTML, c->data, c->partials, &out, &err);
		if (failed || !str_eq(buf_str(&out), str_of(c->expected)))
			print_error("%s: <%s> %s\n", c->name, out.p, err.message);
		assert_int_equal(failed, 0);
		assert_string_equal(out.p, c->expected);
		buf_release(&out);
	}
}

static void test_comments(void **state)
{
	(void)state;
	run_cases(comments, ARRAY_LEN(comments));
}

static void test_interpolation(void **state)
{
	(void)state;
	run_cases(interpolation, ARRAY_LEN(interpolation));
}

static void test_sections(void **state)
{
	(void)state;
	run_cases(sections, ARRAY_LEN(sections));
}

static void test_inverted(void **state)
{
	(void)state;
	run_cases(inverted, ARRAY_LEN(inverted));
}

static void test_partials(void **state)
{
	(void)state;
	run_cases(partials, ARRAY_LEN(partials));
}

static void test_delimiters(void **state)
{
	(void)state;
	run_cases(delimiters, ARRAY_LEN(delimiters));
}

static void test_ours(void **state)
{
	(void)state;
	run_cases(ours, ARRAY_LEN(ours));
}

static void test_kinds(void **state)
{
	(void)state;
	static const char *const expected[] = {"a &lt;*&gt; <*> 1", "a \\<\\*> <*> 1",
					       "a <*> <*> 1"};
	for (int kind = MUSTACHE_HTML; kind <= MUSTACHE_TEXT; kind++) {
		struct buf out;
		struct kith_error err = {0};
		buf_init(&out, 0);
		assert_int_equal(render("a {{x}} {{>p}} {{n}}", (enum mustache_kind)kind,
					"{'x': '<*>', 'n': 1}", "{'p': '{{{x}}}'}", &out, &err),
				 0);
		assert_string_equal(out.p, expected[kind]);
		buf_release(&out);
	}
}

static const struct error_case {
	const char *text, *partials, *path;
	int line, column;
	const char *message; /* what it begins with */
} errors[] = {
    {"a\nä {{#people}}\nb", NULL, "page.md", 2, 3,
     "section \"people\" opened here is never closed: write {{/people}} where it ends"},
    {"{{#a}}{{#b}}\n", NULL, "page.md", 1, 7, "section \"b\" opened here is never closed"},
    {"{{#a}}\n{{^b}}\n  {{/a}}", NULL, "page.md", 3, 3,
     "\"a\" is closed here while section \"b\" of line 2 is still open"},
    {"x\r\n {{/a}}", NULL, "page.md", 2, 2, "section \"a\" is closed here but was never opened"},
    {"x {{name", NULL, "page.md", 1, 3, "the tag opened here is never closed: write `}}`"},
    {"x {{{name}}", NULL, "page.md", 1, 3, "the tag opened here is never closed: write `}}}`"},
    {"{{! on and on", NULL, "page.md", 1, 1, "the tag opened here is never closed: write `}}`"},
    {"{{=<% %>}}", NULL, "page.md", 1, 1, "the tag opened here is never closed: write `=}}`"},
    {"{{=| |=}}\n|a", NULL, "page.md", 2, 1, "the tag opened here is never closed: write `|`"},
    {"{{=<%=}}", NULL, "page.md", 1, 1, "these are no delimiters"},
    {"{{= a b c =}}", NULL, "page.md", 1, 1, "these are no delimiters"},
    {"{{==}}", NULL, "page.md", 1, 1, "these are no delimiters"},
    {"a{{}}", NULL, "page.md", 1, 2, "the tag has no name"},
    {"a{{{ }}}", NULL, "page.md", 1, 2, "the tag has no name"},
    {"\n\n {{# }}", NULL, "page.md", 3, 2, "the tag has no name"},
    {"{{> }}", NULL, "page.md", 1, 1, "the tag has no name"},
    {"{{a b}}", NULL, "page.md", 1, 1, "\"a b\" is no name: write one without blanks"},
    {"{{a..b}}", NULL, "page.md", 1, 1, "\"a..b\" has an empty part"},
    {"{{.a}}", NULL, "page.md", 1, 1, "\".a\" has an empty part"},
    {"{{a.}}", NULL, "page.md", 1, 1, "\"a.\" has an empty part"},
    {"{{<base}}", NULL, "page.md", 1, 1, "\"<base\" is no name"},
    {"a\n {{>p}}", "{'p': '1\\n2 {{#x}}'}", "p", 2, 3,
     "in a partial of page.md:2:2: section \"x\" opened here is never closed"},
    {"{{>p}}", "{'p': 'x\\n {{>q}}', 'q': '{{'}", "q", 1, 1,
     "in a partial of p:2:2: the tag opened here is never closed"},
    {"{{>p}}", "{'p': 'x\\n{{>p}}'}", "p", 2, 1, "partials nest more than 64 deep"},
};

static void test_errors(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
		const struct error_case *c = &errors[i];
		struct buf out;
		struct kith_error err = {0};
		buf_init(&out, 0);
		assert_int_equal(render(c->text, MUSTACHE_TEXT, "{}", c->partials, &out, &err), -1);
		if (!str_starts(str_of(err.message), str_of(c->message)))
			print_error("%s: %s\n", c->text, err.message);
		assert_true(str_starts(str_of(err.message), str_of(c->message)));
		assert_int_equal(err.status, KITH_INVALID);
		assert_string_equal(err.path, c->path);
		assert_int_equal(err.line, c->line);
		assert_int_equal(err.column, c->column);
		buf_release(&out);
	}
}

static struct buf repeated(const char *before, const char *between, const char *after, int count)
{
	struct buf b;
	buf_init(&b, 0);
	for (int i = 0; i < count; i++)
		buf_addz(&b, before);
	buf_addz(&b, between);
	for (int i = 0; i < count; i++)
		buf_addz(&b, after);
	return b;
}

static void test_depth(void **state)
{
	(void)state;
	for (int depth = 64; depth <= 65; depth++) {
		struct buf out, text = repeated("{{^a}}", "x", "{{/a}}", depth);
		struct kith_error err = {0};
		buf_init(&out, 0);
		int failed = render(text.p, MUSTACHE_TEXT, "{}", NULL, &out, &err);
		assert_int_equal(failed, depth > 64 ? -1 : 0);
		assert_string_equal(out.p, depth > 64 ? "" : "x");
		assert_int_equal(err.column, depth > 64 ? 64 * 6 + 1 : 0);
		buf_release(&out);
		buf_release(&text);
	}
}

static void test_partial_depth(void **state)
{
	(void)state;
	for (int depth = 64; depth <= 65; depth++) {
		struct buf out, data = repeated("{'n': ", "null", "}", depth);
		struct kith_error err = {0};
		buf_init(&out, 0);
		int failed = render("{{>p}}", MUSTACHE_TEXT, data.p,
				    "{'p': '({{#n}}{{>p}}{{/n}})'}", &out, &err);
		assert_int_equal(failed, depth > 64 ? -1 : 0);
		if (!failed)
			assert_int_equal(out.n, 2 * depth);
		buf_release(&out);
		buf_release(&data);
	}
}

static void test_limits(void **state)
{
	(void)state;
	struct buf out;
	struct kith_error err = {0}, endless = {0};
	buf_init(&out, 10);
	assert_int_equal(
	    render("12345\n{{{x}}}\n{{x}}", MUSTACHE_TEXT, "{'x': 'abcdef'}", NULL, &out, &err),
	    -1);
	assert_int_equal(err.status, KITH_FAILED);
	assert_int_equal(err.line, 2);
	assert_string_equal(err.message,
			    "the page is larger than its limit of 10 bytes: show less in it");
	buf_clear(&out);
	struct buf text = repeated("{{#l}}", "", "{{/l}}", 40);
	assert_int_equal(render(text.p, MUSTACHE_TEXT, "{'l': [1, 2]}", NULL, &out, &endless), -1);
	assert_int_equal(endless.status, KITH_FAILED);
	assert_true(str_starts(str_of(endless.message), STR("the page takes too many steps")));
	buf_release(&text);
	buf_release(&out);
}

static int partial_calls;

static struct str counting_partial(void *context, struct str name)
{
	partial_calls++;
	return str_eq(name, STR("p")) ? str_of(context) : STR_NONE;
}

static void test_a_partial_is_asked_for_once(void **state)
{
	(void)state;
	char text[] = "{{.}}{{>none}}";
	struct mustache *t = NULL;
	struct kith_error err = {0};
	struct buf out;
	json_t *model = json_of("[1, 2, 3]");
	buf_init(&out, 0);
	buf_addz(&out, "before ");
	assert_int_equal(
	    mustache_parse(&t, "n", STR("{{#.}}{{>p}}{{>none}}{{/.}}"), MUSTACHE_TEXT, &err), 0);
	assert_int_equal(mustache_render(t, model, counting_partial, text, &out, &err), 0);
	assert_string_equal(out.p, "before 123");
	assert_int_equal(partial_calls, 2);
	assert_int_equal(mustache_render(t, model, NULL, NULL, &out, &err), 0);
	assert_string_equal(out.p, "before 123");
	json_decref(model);
	mustache_free(t);
	mustache_free(NULL);
	buf_release(&out);
}

static void test_markdown_left_and_right(void **state)
{
	(void)state;
	static const struct {
		const char *text, *data, *expected;
	} cases[] = {
	    {"{{x}}[a](b)", "{'x': 'Great!'}", "Great\\![a](b)"},
	    {"{{x}}{{{y}}}", "{'x': 'Great!', 'y': '[a](b)'}", "Great\\![a](b)"},
	    {"{{x}} [a](b)", "{'x': 'Great!'}", "Great! [a](b)"},
	    {"{{x}}\n[a](b)", "{'x': 'Great!'}", "Great!\n[a](b)"},
	    {"[{{x}}]{{y}}", "{'x': 'a', 'y': '(b)'}", "[a]\\(b)"},
	    {"{{x}}", "{'x': '# a'}", "\\# a"},
	    {"x {{x}}", "{'x': '# a'}", "x # a"},
	    {"- {{x}}\n- [ ] {{x}}", "{'x': '1. a'}", "- 1\\. a\n- [ ] 1. a"},
	    {"> {{x}}\n", "{'x': '- a'}", "> \\- a\n"},
	    {"# {{x}}\n", "{'x': 'C#'}", "# C#\n"},
	    {"# {{x}}\n", "{'x': 'a #'}", "# a \\#\n"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out;
		struct kith_error err = {0};
		buf_init(&out, 0);
		assert_int_equal(
		    render(cases[i].text, MUSTACHE_MARKDOWN, cases[i].data, NULL, &out, &err), 0);
		assert_string_equal(out.p, cases[i].expected);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_comments),
	    cmocka_unit_test(test_interpolation),
	    cmocka_unit_test(test_sections),
	    cmocka_unit_test(test_inverted),
	    cmocka_unit_test(test_partials),
	    cmocka_unit_test(test_delimiters),
	    cmocka_unit_test(test_ours),
	    cmocka_unit_test(test_kinds),
	    cmocka_unit_test(test_errors),
	    cmocka_unit_test(test_depth),
	    cmocka_unit_test(test_partial_depth),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_a_partial_is_asked_for_once),
	    cmocka_unit_test(test_markdown_left_and_right),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
