#!/usr/bin/env python3
"""Checks reports of the built program with tools that are not ours: JSON against its schema, XML and HTML by their parsers.

usage: check_reports.py PROGRAM FOLDER...   each folder is a project
With SARIF_SCHEMA and JUNIT_SCHEMA in the environment, files with public schemas, those formats are checked against them.
Needs the Python packages jsonschema, html5lib, sarif-pydantic and PyYAML (all from PyPI); xmlschema for JUNIT_SCHEMA.
"""
import json, os, subprocess, sys, tempfile
import xml.etree.ElementTree as XML

import html5lib
import jsonschema
import sarif_pydantic
import yaml


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


SETTINGS = [
    "", "ignore: []", "fail-on: likely", "fail-on: sure", "language: zh", "language: fr", "knowledge: 1", "knowledge: 0",
    "knowledge: new", "knowledge-folders: [own]", "colour: red", "ignore: [{cause: no-command}]",
    "ignore: [{service: web}]", "ignore: [{cause: no-command, until: 2027-01-01, reason: so it is, service: web}]",
    "ignore: [{cause: no-command, untill: 2027-01-01}]", "ignore: [{cause: no-command, until: soon}]",
]


def check_settings(program, root):
    """The schema of .drydock.yaml and the program take and refuse the same files."""
    schema = jsonschema.Draft202012Validator(load(os.path.join(root, "Sources/Policy/schema/settings-1.schema.json")))
    for text in SETTINGS:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (("Dockerfile", "FROM alpine\nCMD [\"true\"]\n"), (".drydock.yaml", text + "\n")):
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(content)
            os.mkdir(os.path.join(folder, "own"))
            taken = subprocess.run([program, "report", folder], capture_output=True).returncode != 64
            # A day is written without quotes, and is text all the same.
            value = yaml.load(text, Loader=yaml.BaseLoader) or None
            if isinstance(value, dict) and str(value.get("knowledge", "")).isdigit():
                value["knowledge"] = int(value["knowledge"])
            assert taken == schema.is_valid(value), f"{text}: drydock and the schema disagree"


def main(program, folders):
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    schema = load(os.path.join(root, "Sources/Reports/schema/report-1.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    check_settings(program, root)
    report = jsonschema.Draft202012Validator(schema)
    sarif = os.environ.get("SARIF_SCHEMA")
    junit = os.environ.get("JUNIT_SCHEMA")

    def run(format, *projects):
        done = subprocess.run([program, "report", *projects, "--format", format, "--all"], capture_output=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{projects} {format}: exit code {done.returncode}: {done.stderr.decode()}")
        return done.stdout.decode("utf-8")

    for projects in [[folder] for folder in folders] + ([folders] if len(folders) > 1 else []):
        report.validate(json.loads(run("json", *projects)))
        for line in run("ndjson", *projects).splitlines():
            report.validate(json.loads(line))
        log = json.loads(run("sarif", *projects))
        sarif_pydantic.Sarif.model_validate(log)
        if sarif:
            jsonschema.Draft7Validator(load(sarif)).validate(log)
        prints = [issue["fingerprint"] for issue in json.loads(run("gitlab", *projects))]
        assert len(prints) == len(set(prints)), "two issues have one fingerprint"
        tests = run("junit", *projects)
        XML.fromstring(tests)
        if junit:
            import xmlschema

            xmlschema.XMLSchema(junit).validate(tests)
        html5lib.HTMLParser(strict=True).parse(run("html", *projects))
        for line in run("github", *projects).splitlines():
            assert line.startswith("::"), line
    print(f"{len(folders)} projects: all formats are valid")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
