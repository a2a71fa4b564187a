using System.Reflection;

namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Names of persons, in prose alone: after titles (<c>Dr. Lovelace</c>) and lead-ins (<c>my name is Ada</c>, <c>From: Ada Lovelace</c>,
/// <c>Dear Ada,</c>), where a common given name starts them (<c>Ada Lovelace</c>), and beside such a name in a list (<c>Charlotte, Xaver
/// and Ada</c>). Log records, code and headings of capitalised words stay.
/// </summary>
internal sealed class PersonNames : Recognizer
{
    /// <summary>How many names of a list are read on either side of one that is known.</summary>
    private const int MaxList = 8;
    private const int ShortestInList = 3;

    // With a full stop in any case, since nothing else is written so.
    private static readonly string[] s_titles =
        ["Mr. ", "Mrs. ", "Ms. ", "Mr ", "Mrs ", "Ms ", "Miss ", "Dr. ", "Dr ", "Prof. ", "Professor ", "Sir ", "Madam "];

    // One capitalised word is enough after these.
    private static readonly string[] s_leadIns =
    [
        "my name is ", "name is ", "name was ", "name's ", "named ", "name? ", "call me ", "Dear ",
        "surname: ", "user: ", "first name: ", "last name: ", "full name: ", "name: ", "customer: ", "patient: ", "contact: ",
        "Signed-off-by: ", "Reviewed-by: ", "Acked-by: ",
        "Co-authored-by: ", "Reported-by: ", "Tested-by: ", "Author: ", "From: ", "To: ", "Cc: ", "Attn: ", "Attention: ", "Regards,\n",
        "regards,\n", "Sincerely,\n", "Cheers,\n", "Thanks,\n",
        "says ", "said ", "directed by ", "Directed By: ", "written by ", "signed by ", "on behalf of ", "spoke with ", "spoke to ",
        "asked for ", "assistant to ", "songwriter ",
        "Hi ", "Hello ", "Hey ", "I am ", "I'm ", "was called ", "billing address: ", "shipping address: ", "explained to ", "married to ",
        "logged in as ", "approved by ",
        "sung by ", "follow up with ", "Assignee: ", "Reporter: ", "Owner: ", "Approver: ", "assigned to ", "starring ", "featuring ",
        "composed by ", "invented by ", "founded by ",
        "played by ", "portrayed by ", "talk to ", "talked to ", "speak to ", "speak with ", "talking to ", "met with ", "meeting with ",
        "interview with ", "escalated to ", "handed over to ",
        "according to ", "thanks to ", "account of ", "Lead: ", "Engineer: ", "On call: ", "On-call: ", "Commander: ", "Scribe: ",
    ];

    // After these, one word could be anything, so it takes two.
    private static readonly HashSet<string> s_loose = new(StringComparer.OrdinalIgnoreCase)
    {
        "named ", "name: ", "From: ", "To: ", "Cc: ", "said ", "says ", "I am ", "I'm ", "was called ", "billing address: ",
        "shipping address: ", "Owner: ", "explained to ",
        "approved by ", "assigned to ", "signed by ", "written by ", "asked for ", "contact: ", "customer: ", "Author: ", "Reporter: ",
        "Assignee: ", "Approver: ", "follow up with ",
        "on behalf of ", "call me ", "name is ", "name was ", "Attention: ", "user: ", "logged in as ", "starring ", "featuring ",
        "founded by ", "played by ", "talk to ", "talked to ", "speak to ",
        "speak with ", "talking to ", "met with ", "meeting with ", "interview with ", "escalated to ", "handed over to ", "according to ",
        "thanks to ", "account of ", "Lead: ", "Engineer: ",
        "On call: ", "On-call: ", "Commander: ", "Scribe: ", "composed by ", "invented by ",
    };

    private static readonly string[] s_givenNames = ReadGivenNames();

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        .. s_titles.Select(title => title[^2] == '.' ? new Literal(title, LiteralStart.AtBoundary) : Literal.Exact(title)),
        .. s_leadIns.Select(leadIn => new Literal(leadIn, LiteralStart.AtBoundary)),
        .. s_givenNames.Select(name => Literal.Exact(name)),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (literal >= s_titles.Length + s_leadIns.Length)
        {
            MatchGivenName(text, at, s_givenNames[literal - s_titles.Length - s_leadIns.Length], findings);
            return;
        }

        var isTitle = literal < s_titles.Length;
        var mark = Literals[literal].Text;
        var start = at + mark.Length;
        while (start < text.Length && text[start] == ' ' && start - at < 40)
        {
            start++;
        }

        var end = NameShape.End(text, start, out var words);
        if (words > (s_loose.Contains(mark) ? 1 : 0) && (words > 1 || !IsPlural(text, end))
            && (IsAddressed(text, end) || Context.IsProse(text, at)))
        {
            findings.Add(FindingTypes.Person, start, end, isTitle ? 0.85 : 0.7);
        }
    }

    // "From: Ada Lovelace <ada@example.com>": the address says that a person is before it.
    private static bool IsAddressed(ReadOnlySpan<char> text, int end) =>
        text[end..].StartsWith(" <", StringComparison.Ordinal) && Placeholder.LengthAt(text, end + 1) == 0
            && text[end..Math.Min(text.Length, end + 80)].Contains('@');

    private static void MatchGivenName(ReadOnlySpan<char> text, int at, string name, FindingList findings)
    {
        var after = at + name.Length;
        if (!Boundary.After(text, after)
            || (at > 0 && text[at - 1] is '.' or '/' or '-' or '_' or '@' or '#')
            || (after < text.Length && text[after] is '/' or '_' or '@' or '(')
            || (after + 1 < text.Length && text[after] is '.' && char.IsLetter(text[after + 1])) || !Context.IsProse(text, at))
        {
            return;
        }

        var end = NameShape.End(text, at, out var words);
        findings.Add(FindingTypes.Person, at, end, words > 1 ? 0.7 : 0.5);
        AddNext(text, end, findings);
        AddPrevious(text, at, findings);
    }

    // "Ada, Xaver and Charlotte": what a list names beside a person is a person.
    private static void AddNext(ReadOnlySpan<char> text, int end, FindingList findings)
    {
        for (var i = 0; i < MaxList; i++)
        {
            var start = end + Separator(text[end..]);
            var next = start == end ? end : NameShape.End(text, start, out _);
            if (next - start < ShortestInList)
            {
                return;
            }

            findings.Add(FindingTypes.Person, start, next, 0.5);
            end = next;
        }
    }

    private static void AddPrevious(ReadOnlySpan<char> text, int start, FindingList findings)
    {
        for (var i = 0; i < MaxList; i++)
        {
            var end = start - SeparatorBefore(text[..start]);
            var previous = end == start ? start : NameShape.Start(text, end, out _);
            if (end - previous < ShortestInList || end == start)
            {
                return;
            }

            findings.Add(FindingTypes.Person, previous, end, 0.5);
            start = previous;
        }
    }

    private static int Separator(ReadOnlySpan<char> after)
    {
        foreach (var separator in (ReadOnlySpan<string>)[", and ", ", ", " and ", " & ", " or "])
        {
            if (after.StartsWith(separator, StringComparison.Ordinal))
            {
                return separator.Length;
            }
        }

        return 0;
    }

    private static int SeparatorBefore(ReadOnlySpan<char> before)
    {
        foreach (var separator in (ReadOnlySpan<string>)[", and ", ", ", " and ", " & ", " or "])
        {
            if (before.EndsWith(separator, StringComparison.Ordinal))
            {
                return separator.Length;
            }
        }

        return 0;
    }

    // "Hi Customers,"; "said Services are".
    private static bool IsPlural(ReadOnlySpan<char> text, int end) => end > 2 && text[end - 1] == 's' && text[end - 2] == 'e'
        && text[end - 3] is 'c' or 'r';

    private static string[] ReadGivenNames()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("given-names.txt")
            ?? throw new InvalidOperationException("The resource given-names.txt is not in this assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#'))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
