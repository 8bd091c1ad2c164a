#!/usr/bin/env python3
"""Prints an OpenAPI document in YAML as JSON: to_json.py OPENAPI"""
import json
import sys

import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 as OpenAPI means it: days and times are text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

print(json.dumps(yaml.load(open(sys.argv[1], encoding="utf-8"), Loader), ensure_ascii=False, separators=(",", ":")))
