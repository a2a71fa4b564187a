using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Sessions.Cases;

/// <summary>The fields of a case that people change, by their names in the contract.</summary>
internal static class CaseFields
{
    public const string Title = "title";
    public const string Description = "description";
    public const string Priority = "priority";
    public const string Severity = "severity";
    public const string Tags = "tags";
    public const string Service = "service";
    public const string Links = "links";

    /// <summary>What a mask says that names all of them.</summary>
    public const string Everything = "*";

    public static IReadOnlyList<string> All { get; } = [Title, Description, Priority, Severity, Tags, Service, Links];

    /// <summary>The fields that a case sets.</summary>
    public static IReadOnlyList<string> SetIn(Proto.Case given) => [.. All.Where(field => IsSet(given, field))];

    /// <summary>Makes some fields of one case what they are in another.</summary>
    public static void Copy(Proto.Case from, Proto.Case to, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            switch (field)
            {
                case Title:
                    to.Title = from.Title;
                    break;
                case Description:
                    to.Description = from.Description;
                    break;
                case Priority:
                    to.Priority = from.Priority;
                    break;
                case Severity:
                    to.Severity = from.Severity;
                    break;
                case Tags:
                    to.Tags.Clear();
                    to.Tags.Add(from.Tags);
                    break;
                case Service:
                    to.Service = from.Service;
                    break;
                case Links:
                    to.Links.Clear();
                    to.Links.Add(from.Links.Select(link => link.Clone()));
                    break;
            }
        }
    }

    /// <summary>An event that says what some fields are now.</summary>
    public static Proto.CaseUpdated UpdateOf(Proto.Case given, IReadOnlyCollection<string> fields)
    {
        var updated = new Proto.CaseUpdated { UpdateMask = new FieldMask { Paths = { fields } } };
        var others = fields.Where(field => field != Title).ToList();
        if (others.Count > 0)
        {
            updated.Case = new Proto.Case();
            Copy(given, updated.Case, others);
        }

        if (fields.Contains(Title))
        {
            updated.Title = given.Title;
        }

        return updated;
    }

    private static bool IsSet(Proto.Case given, string field) => field switch
    {
        Title => given.Title.Length > 0,
        Description => given.Description.Length > 0,
        Priority => given.Priority != Proto.Case.Types.Priority.Unspecified,
        Severity => given.Severity != Proto.Case.Types.Severity.Unspecified,
        Tags => given.Tags.Count > 0,
        Service => given.Service.Length > 0,
        _ => given.Links.Count > 0,
    };
}
