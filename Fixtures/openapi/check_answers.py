#!/usr/bin/env python3
"""Compares real answers with the OpenAPI document; prints what differs, and nothing if all is as it says.

check_answers.py OPENAPI ANSWERS   ANSWERS: one JSON a line, {method, path, status, type, body}

Every object of the document must list its properties, and an answer may have no others: what is free says so by
`additionalProperties`. Every operation that the answers touch, its status and its content type must be in the document.
"""
import copy
import json
import re
import sys

import yaml
from jsonschema import Draft202012Validator, FormatChecker


class Loader(yaml.SafeLoader):
    """YAML 1.2 as OpenAPI means it: days and times are text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def resolve(document, node):
    while isinstance(node, dict) and "$ref" in node:
        target = document
        for part in node["$ref"][2:].split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def strict(schema, is_part=False):
    """The schema with objects closed; parts of an allOf are closed by the whole, so that they name open schemas."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if is_part and "$ref" in schema:
        return {"$ref": schema["$ref"].replace("/schemas/", "/parts/")}
    made = {}
    for name, value in schema.items():
        if name == "allOf":
            made[name] = [strict(part, is_part=True) for part in value]
        elif name in ("oneOf", "anyOf"):
            made[name] = [strict(part) for part in value]
        elif name in ("properties", "patternProperties"):
            made[name] = {key: strict(part) for key, part in value.items()}
        elif name in ("items", "additionalProperties"):
            made[name] = strict(value)
        else:
            made[name] = copy.copy(value)
    is_object = "properties" in made or "allOf" in made
    if is_object and not is_part and "additionalProperties" not in made:
        made["unevaluatedProperties"] = False
    return made


def untyped(schema, where):
    """Objects that say nothing of what they hold, and lists that say nothing of their items."""
    if isinstance(schema, list):
        for place, part in enumerate(schema):
            yield from untyped(part, f"{where}/{place}")
    if not isinstance(schema, dict) or "$ref" in schema:
        return
    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    says = {"properties", "additionalProperties", "allOf", "oneOf", "anyOf"}
    if "object" in types and not says & schema.keys():
        yield f"{where}: an object of which nothing is said"
    if "array" in types and "items" not in schema:
        yield f"{where}: a list of which nothing is said"
    for name, value in schema.items():
        if name in ("example", "examples", "enum", "const", "default"):
            continue
        yield from untyped(value, f"{where}/{name}")


def main(path, answers):
    document = yaml.load(open(path, encoding="utf-8"), Loader)
    faults = list(untyped(document["paths"], "paths")) + list(untyped(document["components"], "components"))
    faults += list(untyped(document.get("webhooks", {}), "webhooks"))
    schemas = {name: strict(schema) for name, schema in document["components"]["schemas"].items()}
    parts = {name: strict(schema, is_part=True) for name, schema in document["components"]["schemas"].items()}

    def validator(schema, key, known={}):
        if key not in known:
            whole = strict(schema) | {"components": {"schemas": schemas, "parts": parts}}
            known[key] = Draft202012Validator(whole, format_checker=FormatChecker())
        return known[key]

    routes = []
    for template, item in document["paths"].items():
        pattern = re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(template))
        routes.append((template.count("{"), re.compile(pattern + "$"), template, item))
    routes.sort(key=lambda route: route[0])
    for line in open(answers, encoding="utf-8"):
        answer = json.loads(line)
        address = answer["path"].split("?")[0]
        found = next((route for route in routes if route[1].match(address)), None)
        call = f'{answer["method"]} {answer["path"]} {answer["status"]}'
        # What the document does not have is refused so.
        if answer["status"] in (404, 405) and (found is None or answer["method"].lower() not in found[3]):
            continue
        if found is None or answer["method"].lower() not in found[3]:
            faults.append(f"{call}: not in the document")
            continue
        operation = found[3][answer["method"].lower()]
        responses = operation["responses"]
        response = resolve(document, responses.get(str(answer["status"]), responses.get("default")))
        if response is None:
            faults.append(f"{call}: the status is not in the document")
            continue
        kind = answer["type"].split(";")[0].strip()
        content = response.get("content", {})
        if not kind and not content:
            continue
        if kind not in content:
            faults.append(f"{call}: the type {kind} is not in the document")
            continue
        if "json" not in kind or answer["status"] == 304:
            continue
        schema = content[kind].get("schema", {})
        key = (found[2], answer["method"], answer["status"], kind)
        for error in sorted(validator(schema, key).iter_errors(json.loads(answer["body"])), key=str)[:5]:
            place = "/".join(str(part) for part in error.absolute_path)
            faults.append(f"{answer['method']} {found[2]} {answer['status']}: /{place}: {error.message[:300]}")
    for fault in list(dict.fromkeys(faults))[:80]:
        print(fault)


main(*sys.argv[1:])
