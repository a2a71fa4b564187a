using System.Text.RegularExpressions;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using Google.Api;
using Google.Protobuf.Reflection;
using FieldLimits = FaultMaven.Protos.Options.V1.Limits;

namespace FaultMaven.ServiceDefaults.Validation;

/// <summary>The form of a text: a pattern of the contract, or the name of a resource.</summary>
internal sealed class TextForm
{
    private readonly int _maxLength;
    private readonly string _words;
    private readonly Lazy<Regex>? _pattern;
    private readonly string _resource = "";

    private TextForm(FieldLimits limits)
    {
        (_maxLength, _words) = (limits.MaxLength, limits.Form);

        // Made when it is needed first: a command starts everything, and most of it for one call.
        _pattern = new Lazy<Regex>(() => new Regex($"^(?:{limits.Pattern})\\z", RegexOptions.CultureInvariant));
    }

    private TextForm(string resource) => (_resource, _words) = (resource, $"look like {resource}");

    /// <summary>The form that a field demands; null if any.</summary>
    /// <param name="limits">What is said of it.</param>
    /// <param name="resource">The type of the resource that it names.</param>
    public static TextForm? Of(FieldLimits? limits, string? resource) =>
        limits is { Pattern.Length: > 0 } ? new TextForm(limits)
        : resource is { Length: > 0 } && ResourcePatterns.Of(resource) is [var pattern, ..] ? new TextForm(pattern)
        : null;

    /// <summary>The form that the names of a kind of resources have; null if there is none.</summary>
    public static TextForm? OfNames(MessageDescriptor resource) =>
        resource.GetOptions()?.GetExtension(ResourceExtensions.Resource) is { Pattern: [var pattern, ..] } ? new TextForm(pattern) : null;

    /// <summary>What is wanted of a text; null if it has the form.</summary>
    public string? ProblemOf(string text, bool isRequired)
    {
        if (text.Length == 0)
        {
            return isRequired ? $"must {_words}" : null;
        }

        return _pattern is null ? ProblemOfName(text)
            : text.Length <= _maxLength && _pattern.Value.IsMatch(text) ? null
            : $"must {_words}";
    }

    private string? ProblemOfName(ReadOnlySpan<char> name)
    {
        if (name is ['/', ..])
        {
            return $"must {_words}";
        }

        var areIdsWrong = false;
        var wanted = _resource.AsSpan();
        while (true)
        {
            var part = NextPart(ref name);
            var wantedPart = NextPart(ref wanted);
            if (wantedPart is ['{', ..])
            {
                areIdsWrong |= !ResourceId.IsValid(part);
            }
            else if (!part.SequenceEqual(wantedPart))
            {
                return $"must {_words}";
            }

            if (name.IsEmpty || wanted.IsEmpty)
            {
                return !name.IsEmpty || !wanted.IsEmpty ? $"must {_words}"
                    : areIdsWrong ? $"must {_words}, where an id has 1 to {ResourceId.MaxLength} characters of a-z, 0-9 and -"
                    : null;
            }
        }
    }

    // What is left begins with its slash, so that one at the end counts.
    private static ReadOnlySpan<char> NextPart(ref ReadOnlySpan<char> name)
    {
        var from = name is ['/', ..] ? 1 : 0;
        var length = name[from..].IndexOf('/') is >= 0 and var found ? found : name.Length - from;
        var part = name.Slice(from, length);
        name = name[(from + length)..];
        return part;
    }
}
