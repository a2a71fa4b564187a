namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Reads names of persons by their shape: capitalised words, initials and particles, as in "Ada B. van der Lovelace-Byron".
/// </summary>
internal static class NameShape
{
    private const int MaxWords = 4;
    private const int MaxWord = 24;

    // Capitalised words that no person is called.
    private static readonly HashSet<string> s_notNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "The", "This", "That", "These", "Those", "There", "Here", "He", "She", "It",
        "We", "They", "You", "I", "All", "Team", "Everyone", "World", "Folks", "Sir", "Madam", "Support",
        "Customer", "Customers", "User", "Users", "Admin", "Service", "Server", "Client", "Error", "Warning", "Info", "Debug", "Exception",
        "Monday", "Tuesday", "Wednesday", "Thursday",
        "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December", "No", "Not", "Yes",
        "Please", "Thanks", "Unknown", "None", "Null", "True", "False", "Internal", "External", "Cluster", "Node", "Pod", "Kubernetes",
        "Docker", "Linux", "Windows", "Java", "Python",
        "And", "Or", "But", "If", "When", "While", "What", "Why", "How", "Who", "Where", "Which", "Is", "Are", "Was", "Were", "Do", "Does",
        "Did", "Can", "Could", "Will", "Would",
        "In", "On", "At", "To", "For", "From", "With", "By", "Of", "As", "An", "A", "Database", "System", "Application", "Manager",
        "Engineer", "Inc", "Ltd", "LLC", "GmbH", "Corp",
        "Nobody", "Somebody", "Someone", "Anyone", "Anybody", "Everybody", "People", "One", "Mother", "Father", "Mom", "Dad", "Then",
        "Later", "Today", "Yesterday", "Tomorrow", "Now",
        "Plan", "Phase", "Class", "Type", "Option", "Section", "Appendix", "Grade", "Level", "Group", "Zone", "Region", "Site", "Part",
        "Step", "Series", "Model", "Version", "Building",
        "Floor", "Room", "Gate", "Line", "Route", "Exhibit", "Figure", "Table", "Schedule", "Tier", "Variant", "Test", "Case", "Rack",
        "Row", "Column", "Channel", "Drive", "Partition", "Her", "His",
        "Our", "Your", "Their", "My", "Its", "Status", "Summary", "Cause", "Impact", "Note", "Redis", "Kafka", "Postgres", "PostgreSQL",
        "MySQL", "Nginx", "Jenkins", "Grafana", "Prometheus", "Vault",
        "Company", "Street", "Avenue", "Road", "Box", "Suite", "Apt", "Unit", "North", "South", "East", "West", "New", "San", "Los",
        "Saint", "King", "Queen", "President", "Captain", "Doctor",
        "Board", "Committee", "Council", "Office", "Desk", "Department", "Security", "Platform", "Operations", "Ops", "Engineering",
        "Network", "Data", "Cloud", "Release", "Change", "Incident", "Bot",
        "Automation", "Pipeline", "Agent", "Controller", "Operator", "Scheduler", "Proxy", "Gateway", "Exporter", "Daemon", "Job",
        "Script", "Production", "Staging", "Development",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isNotName =
        s_notNames.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Where the capitalised words and initials that follow each other end, and how many they are.</summary>
    public static int End(ReadOnlySpan<char> text, int at, out int words)
    {
        words = 0;
        var end = at;
        for (var i = at; words < MaxWords && i < text.Length;)
        {
            var length = WordLength(text, i);
            var word = text.Slice(i, length);
            if (!IsNamePart(word))
            {
                if (words == 0 || !IsParticle(word) || i + length >= text.Length || text[i + length] != ' ')
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

    /// <summary>Where the capitalised words and initials that end at a place start, and how many they are.</summary>
    public static int Start(ReadOnlySpan<char> text, int end, out int words)
    {
        words = 0;
        var start = end;
        for (var i = end; words < MaxWords && i > 0;)
        {
            var at = i - (text[i - 1] == '.' && words > 0 ? 1 : 0);
            var word = at;
            while (word > 0 && at - word <= MaxWord
                && (char.IsLetter(text[word - 1]) || (text[word - 1] is '-' or '\'' or '’' && word > 1 && char.IsLetter(text[word - 2]))))
            {
                word--;
            }

            // "mail. Ada" and "Phase 2. Ada": a full stop ends an initial alone.
            if (word == at || !IsNamePart(text[word..at]) || (at < i && at - word > 1) || !Boundary.Before(text, word))
            {
                break;
            }

            words++;
            start = word;
            if (word == 0 || text[word - 1] != ' ')
            {
                break;
            }

            i = word - 1;
        }

        return start;
    }

    /// <summary>
    /// Whether a word could be part of a name: it starts with a capital, continues in small letters and isn't one of the words that names
    /// aren't.
    /// </summary>
    public static bool IsNamePart(ReadOnlySpan<char> word) =>
        word.Length is > 0 and <= MaxWord && char.IsUpper(word[0]) && (word.Length == 1 || (!char.IsUpper(word[1]) && !HasHump(word)))
            && !s_isNotName.Contains(word);

    public static int WordLength(ReadOnlySpan<char> text, int at)
    {
        var i = at;
        while (i < text.Length && (char.IsLetter(text[i])
            || (i > at && text[i] is '-' or '’' or '\'' && i + 1 < text.Length && char.IsUpper(text[i + 1]))))
        {
            i++;
        }

        return i - at;
    }

    private static bool IsParticle(ReadOnlySpan<char> word) =>
        word is "van" or "de" or "der" or "von" or "del" or "da" or "di" or "la" or "le" or "bin" or "al"
            or "den" or "dos" or "ter" or "el" or "ibn" or "du" or "zu";

    // Shouted words are acronyms: HTTP, OOM. Humps are code: NullPointer.
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
}
