using System.Reflection;

namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Names of persons, in prose alone: after titles (<c>Dr. Lovelace</c>) and lead-ins (<c>my name is Ada</c>, <c>From: Ada Lovelace</c>, <c>Dear Ada,</c>), and
/// where a common given name starts them (<c>Ada Lovelace</c>). Log records, code and headings of capitalised words stay.
/// </summary>
internal sealed class PersonNames : Recognizer
{
    private const int MaxWords = 4;
    private const int MaxWord = 24;

    private static readonly string[] s_titles = ["Mr. ", "Mrs. ", "Ms. ", "Mr ", "Mrs ", "Ms ", "Miss ", "Dr. ", "Dr ", "Prof. ", "Professor ", "Sir ", "Madam "];

    // One capitalised word is enough after these.
    private static readonly string[] s_leadIns =
    [
        "my name is ", "name is ", "name was ", "name's ", "named ", "name? ", "call me ", "Dear ",
        "surname: ", "user: ", "first name: ", "last name: ", "full name: ", "name: ", "customer: ", "patient: ", "contact: ", "Signed-off-by: ", "Reviewed-by: ", "Acked-by: ",
        "Co-authored-by: ", "Reported-by: ", "Tested-by: ", "Author: ", "From: ", "Cc: ", "Attn: ", "Attention: ", "Regards,\n", "regards,\n", "Sincerely,\n", "Cheers,\n", "Thanks,\n",
        "says ", "said ", "directed by ", "Directed By: ", "written by ", "signed by ", "on behalf of ", "spoke with ", "spoke to ", "asked for ", "assistant to ", "songwriter ",
        "Hi ", "Hello ", "Hey ", "I am ", "I'm ", "was called ", "billing address: ", "shipping address: ", "explained to ", "married to ", 
        "sung by ", "follow up with ", "Assignee: ", "Reporter: ", "Owner: ", "Approver: ", "Approved by ", "assigned to ",
    ];

    // After these, one word could be anything, so it takes two.
    private static readonly HashSet<string> s_loose = new(StringComparer.OrdinalIgnoreCase)
    {
        "named ", "name: ", "From: ", "Cc: ", "said ", "says ", "I am ", "I'm ", "was called ", "billing address: ", "shipping address: ", "Owner: ",
        "Approved by ", "assigned to ", "signed by ", "written by ", "asked for ", "contact: ", "customer: ", "Author: ", "Reporter: ", "Assignee: ", "Approver: ", "follow up with ",
        "on behalf of ", "call me ", "name is ", "name was ", "Attention: ", "user: ",
    };

    // Capitalised words that no person is called.
    private static readonly HashSet<string> s_notNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "The", "This", "That", "These", "Those", "There", "Here", "He", "She", "It", "We", "They", "You", "I", "All", "Team", "Everyone", "World", "Folks", "Sir", "Madam", "Support",
        "Customer", "Customers", "User", "Users", "Admin", "Service", "Server", "Client", "Error", "Warning", "Info", "Debug", "Exception", "Monday", "Tuesday", "Wednesday", "Thursday",
        "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "No", "Not", "Yes",
        "Please", "Thanks", "Unknown", "None", "Null", "True", "False", "Internal", "External", "Cluster", "Node", "Pod", "Kubernetes", "Docker", "Linux", "Windows", "Java", "Python",
        "And", "Or", "But", "If", "When", "While", "What", "Why", "How", "Who", "Where", "Which", "Is", "Are", "Was", "Were", "Do", "Does", "Did", "Can", "Could", "Will", "Would",
        "In", "On", "At", "To", "For", "From", "With", "By", "Of", "As", "An", "A", "Database", "System", "Application", "Manager", "Engineer", "Inc", "Ltd", "LLC", "GmbH", "Corp",
    };

    private static readonly string[] s_givenNames = ReadGivenNames();

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        .. s_titles.Select(title => new Literal(title, LiteralStart.AtBoundary)),
        .. s_leadIns.Select(leadIn => new Literal(leadIn, LiteralStart.AtBoundary)),
        .. s_givenNames.Select(name => new Literal(name, LiteralStart.AtBoundary)),
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
        if ((isTitle && !text[at..].StartsWith(mark, StringComparison.Ordinal)) || !Context.IsProse(text, at))
        {
            return;
        }

        var start = at + mark.Length;
        while (start < text.Length && text[start] == ' ' && start - at < 40)
        {
            start++;
        }

        var end = NameEnd(text, start, out var words);
        if (words > (s_loose.Contains(mark) ? 1 : 0) && (words > 1 || !IsPlural(text, end)))
        {
            findings.Add(FindingTypes.Person, start, end, isTitle ? 0.85 : 0.7);
        }
    }

    private static void MatchGivenName(ReadOnlySpan<char> text, int at, string name, FindingList findings)
    {
        var after = at + name.Length;
        if (!char.IsUpper(text[at]) || !text[at..].StartsWith(name, StringComparison.Ordinal) || !Boundary.After(text, after)
            || (at > 0 && text[at - 1] is '.' or '/' or '-' or '_' or '@' or '#') || (after < text.Length && text[after] is '/' or '_' or '@' or '(')
            || (after + 1 < text.Length && text[after] is '.' && char.IsLetter(text[after + 1])) || !Context.IsProse(text, at))
        {
            return;
        }

        findings.Add(FindingTypes.Person, at, NameEnd(text, at, out var words), words > 1 ? 0.7 : 0.5);
    }

    // Capitalised words and initials that follow each other, with the particles that surnames have: "Ada B. van der Lovelace-Byron".
    private static int NameEnd(ReadOnlySpan<char> text, int at, out int words)
    {
        words = 0;
        var end = at;
        for (var i = at; words < MaxWords && i < text.Length;)
        {
            var length = WordLength(text, i);
            var word = text.Slice(i, length);
            if (length == 0 || !char.IsUpper(word[0]) || length > MaxWord || IsNotName(word))
            {
                var particle = words > 0 && word is "van" or "de" or "der" or "von" or "del" or "da" or "di" or "la" or "le" or "bin" or "al" or "den" or "dos" or "ter";
                if (!particle || i + length >= text.Length || text[i + length] != ' ')
                {
                    break;
                }

                i += length + 1;
                continue;
            }

            words++;
            end = i + length;
            var isInitial = length == 1 && end < text.Length && text[end] == '.';
            i = end + (isInitial ? 1 : 0);
            if (i >= text.Length || text[i] != ' ')
            {
                break;
            }

            i++;
        }

        return end;
    }

    private static int WordLength(ReadOnlySpan<char> text, int at)
    {
        var i = at;
        while (i < text.Length && (char.IsLetter(text[i]) || (i > at && text[i] is '-' or '’' or '\'' && i + 1 < text.Length && char.IsUpper(text[i + 1]))))
        {
            i++;
        }

        return i - at;
    }

    private static bool IsNotName(ReadOnlySpan<char> word)
    {
        // Shouted words are acronyms: HTTP, OOM. Humps are code: NullPointer.
        if (word.Length > 1 && (char.IsUpper(word[1]) || HasHump(word)))
        {
            return true;
        }

        return s_notNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    private static bool HasHump(ReadOnlySpan<char> word)
    {
        for (var i = 3; i < word.Length; i++)
        {
            if (char.IsUpper(word[i]) && char.IsLower(word[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    // "Hi Customers,"; "said Services are".
    private static bool IsPlural(ReadOnlySpan<char> text, int end) => end > 2 && text[end - 1] == 's' && text[end - 2] == 'e' && text[end - 3] is 'c' or 'r';

    private static string[] ReadGivenNames()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("given-names.txt")
            ?? throw new InvalidOperationException("The resource given-names.txt is not in this assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
