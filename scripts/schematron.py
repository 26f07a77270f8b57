"""Runs an ISO Schematron (XSLT 2 binding) with SaxonC: python schematron.py SCHEMA FILE…

Prints FILE: RULE for each assertion that fails. A document on which the stylesheet itself fails is told as FILE: error. The
schema is made a stylesheet: a mode for each pattern, in which the first rule whose context matches a node is used, as ISO 19757-3
has it; abstract patterns are filled in.
"""

import sys
import xml.etree.ElementTree as tree

from saxonche import PySaxonApiError, PySaxonProcessor

SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "http://www.w3.org/1999/XSL/Transform"
XS = "http://www.w3.org/2001/XMLSchema"


def attribute(text):
    for plain, escaped in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;")):
        text = text.replace(plain, escaped)
    return text


def filled(text, parameters):
    for name, value in parameters.items():
        text = text.replace("$" + name, value)
    return text


def variables(*elements):
    """What the elements' `let`s name."""
    lets = {let.get("name"): let.get("value") for element in elements for let in element.findall(SCH + "let")}
    return "".join(f'<xsl:variable name="{name}" select="{attribute(value)}"/>' for name, value in lets.items())


def patterns(schema):
    """The concrete patterns, each with its parameters."""
    abstract = {p.get("id"): p for p in schema.findall(SCH + "pattern") if p.get("abstract") == "true"}
    for pattern in schema.findall(SCH + "pattern"):
        if pattern.get("abstract") == "true":
            continue
        parameters = {p.get("name"): p.get("value") for p in pattern.findall(SCH + "param")}
        yield abstract.get(pattern.get("is-a"), pattern), parameters


def stylesheet(schema):
    names = {n.get("prefix"): n.get("uri") for n in schema.findall(SCH + "ns")} | {"xs": XS}
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    # A pattern's names stand for the document's; contexts use them too.
    body, modes = [variables(schema, *(p for p, _ in patterns(schema)))], []
    for number, (pattern, parameters) in enumerate(patterns(schema)):
        mode = f"m{number}"
        modes.append(f'<xsl:apply-templates select="/" mode="{mode}"/>')
        rules = pattern.findall(SCH + "rule")
        for place, rule in enumerate(rules):
            tests = "".join(
                f'<xsl:if test="not({attribute(filled(a.get("test"), parameters))})">{a.get("id")}<xsl:text>&#10;</xsl:text></xsl:if>'
                for a in rule.findall(SCH + "assert")
            )
            context = attribute(filled(rule.get("context"), parameters))
            body.append(
                f'<xsl:template match="{context}" mode="{mode}" priority="{1000 - place}">{variables(rule)}{tests}'
                f'<xsl:apply-templates select="@*|node()" mode="{mode}"/></xsl:template>'
            )
        body.append(f'<xsl:template match="text()|@*" mode="{mode}" priority="0"/>')
        body.append(f'<xsl:template match="*" mode="{mode}" priority="0"><xsl:apply-templates select="@*|node()" mode="{mode}"/></xsl:template>')
    functions = "".join(tree.tostring(f, encoding="unicode") for f in schema.findall(f"{{{XSL}}}function"))
    return (
        f'<xsl:stylesheet version="2.0" xmlns:xsl="{XSL}" {spaces}>'
        f'<xsl:output method="text"/><xsl:template match="/">{"".join(modes)}</xsl:template>{"".join(body)}{functions}</xsl:stylesheet>'
    )


def main(schema_file, *files):
    schema = tree.parse(schema_file).getroot()
    with PySaxonProcessor(license=False) as processor:
        run = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet(schema))
        for name in files:
            try:
                told = run.transform_to_string(source_file=name) or ""
            except PySaxonApiError:
                told = "error"
            for rule in told.split():
                print(f"{name}: {rule}")


main(*sys.argv[1:])
