namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Credentials that a documented prefix gives away. One list of forms per kind of vendor.</summary>
internal sealed class VendorKeys : Recognizer
{
    // A prefix and a length leave next to nothing to chance.
    private const double Confidence = 0.99;

    private readonly KeyForm[] _forms;

    public VendorKeys(IEnumerable<KeyForm> forms)
    {
        _forms = [.. forms];
        Literals = Array.ConvertAll(_forms, form => Literal.Exact(form.Prefix));
    }

    public override IReadOnlyList<Literal> Literals { get; }

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var form = _forms[literal];
        var start = at + form.Prefix.Length;
        var length = Alphabets.Run(text, start, form.Alphabet, form.Max + 1);
        var rest = text.Slice(start, length);

        // What ends a sentence, or an escape that follows, isn't the credential's; a padding may be escaped.
        var escape = rest.IndexOf('\\');
        rest = escape >= 0 && (escape + 1 == rest.Length || rest[escape + 1] != '=') ? rest[..escape] : rest;
        rest = rest.TrimEnd(".-%");
        if (rest.Length < form.Min || rest.Length > form.Max || !Boundary.After(text, start + rest.Length)
            || (form.NeedsDigit && !rest.ContainsAnyInRange('0', '9')))
        {
            findings.Doubt(at, start + length + 1);
            return;
        }

        findings.Add(form.Type, at, start + rest.Length, Confidence);
    }
}
