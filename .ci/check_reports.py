#!/usr/bin/env python3
"""Checks reports of the built program with tools that are not ours: JSON against its schema, XML and HTML by their parsers.

usage: check_reports.py PROGRAM FOLDER...   each folder is a project
With SARIF_SCHEMA and JUNIT_SCHEMA in the environment, files with public schemas, those formats are checked against them.
Needs the Python packages jsonschema, html5lib and sarif-pydantic (all from PyPI); xmlschema for JUNIT_SCHEMA.
"""
import json, os, subprocess, sys
import xml.etree.ElementTree as XML

import html5lib
import jsonschema
import sarif_pydantic


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(program, folders):
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    schema = load(os.path.join(root, "Sources/Reports/schema/report-1.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
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
