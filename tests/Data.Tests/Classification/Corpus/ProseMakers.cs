using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>Makes source code, documents, prose, images as text, and what holds nothing.</summary>
internal static class ProseMakers
{
    public static IReadOnlyList<SampleMaker> All { get; } =
    [
        new(
            EvidenceType.SourceCode, "python", ["cart.py"],
            random => $"import os\nfrom shop import {random.Service()}\n\nclass Cart:\n"
                + random.Lines(
                    1, 4,
                    i => $"    def step_{i}(self, item):\n        if item is None:\n            return None\n"
                        + $"        return item.price * {i}\n")),
        new(
            EvidenceType.SourceCode, "csharp", ["Cart.cs"],
            random => $"using System;\nnamespace Shop;\npublic class {random.Service()}\n{{\n"
                + $"{random.Lines(1, 4, i => $"    public int Step{i}(int item)\n    {{\n        return item * {i};\n    }}")}}}\n"),
        new(
            EvidenceType.SourceCode, "go", ["main.go"],
            random => "package main\n\nimport \"fmt\"\n\n"
                + random.Lines(
                    1, 4,
                    i => $"func step{i}(item int) error {{\n\tif item == 0 {{\n\t\treturn fmt.Errorf(\"no {random.Service()}\")\n\t}}\n"
                        + "\treturn nil\n}\n")),
        new(
            EvidenceType.SourceCode, "javascript", ["cart.js"],
            random => "const express = require('express');\n"
                + random.Lines(
                    2, 5,
                    i => $"const step{i} = async (item) => {{\n  const response = await fetch('/{random.Service()}');\n"
                        + "  return response.json();\n};")
                + "module.exports = { step0 };\n"),
        new(
            EvidenceType.SourceCode, "sql", ["schema.sql"],
            random => random.Lines(
                2, 4,
                i => $"CREATE TABLE {random.Service()}_{i} (\n  id bigint PRIMARY KEY,\n  created timestamptz NOT NULL\n);\n"
                    + $"CREATE INDEX ix_{i} ON {random.Service()}_{i} (created);")),
        new(
            EvidenceType.SourceCode, "shell", ["run.sh"],
            random => "#!/bin/bash\nset -euo pipefail\n"
                + $"{random.Lines(2, 5, i => $"if [ -z \"$STEP_{i}\" ]; then\n  echo \"no {random.Service()}\"\n  exit {i}\nfi")}"),

        new(
            EvidenceType.Documentation, "markdown", ["runbook.md", "README.md"],
            random => $"# Runbook: {random.Service()} is slow\n\n{random.Sentence()}\n\n## Symptoms\n\n{random.Sentence()}\n\n"
                + $"## Procedure\n\n1. Look at the queue.\n2. Restart {random.Service()}.\n"),
        new(
            EvidenceType.Documentation, "with code", ["guide.md"],
            random => $"# How to restart {random.Service()}\n\n{random.Sentence()}\n\n```sh\n"
                + $"kubectl rollout restart deployment/{random.Service()}\n```\n\n## Verify\n\n{random.Sentence()}\n"),
        new(
            EvidenceType.Documentation, "html", ["manual.html"],
            random => $"<html><body>\n<h1>Manual of {random.Service()}</h1>\n<p>{random.Sentence()}</p>\n<h2>Troubleshooting</h2>\n"
                + $"<p>{random.Sentence()}</p>\n</body></html>\n"),
        new(
            EvidenceType.Documentation, "plain", ["guide.txt"],
            random => $"Troubleshooting guide of {random.Service()}\n=================================\n\n{random.Sentence()}\n"
                + $"{random.Sentence()}\n\nPrerequisites\n-------------\n\n{random.Sentence()}\n"),

        new(EvidenceType.Text, "report", ["note.txt"], random => random.Lines(2, 6, i => random.Sentence())),
        new(
            EvidenceType.Text, "mail", ["mail.txt"],
            random => $"Hello,\n\n{random.Sentence()} {random.Sentence()}\n{random.Sentence()}\n\nThanks,\nAnn\n"),
        new(EvidenceType.Text, "chat", ["chat.txt"], random => random.Lines(3, 6, i => $"{random.Of("ann", "ben")}> {random.Sentence()}")),

        new(
            EvidenceType.Image, "data url", ["shot.txt"],
            random => $"data:image/{random.Of("png", "jpeg")};base64,iVBORw0KGgo{random.Next():x}="),
        new(EvidenceType.Unanalyzable, "blank", ["empty.log"], random => new string(random.Of(" ", "\n", "\t")[0], random.Next(0, 60))),
        new(
            EvidenceType.Unanalyzable, "binary", ["core.dump"],
            random => new string([.. Enumerable.Range(0, 200).Select(_ => (char)random.Next(0, 8))])),
    ];
}
