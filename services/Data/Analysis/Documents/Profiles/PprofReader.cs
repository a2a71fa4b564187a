using Google.Protobuf;

namespace FaultMaven.Data.Analysis.Documents.Profiles;

/// <summary>Reads profiles in the binary form of pprof, inflated, and sums them up by function.</summary>
internal static class PprofReader
{
    /// <summary>More messages than real profiles of the size that is read have; each costs memory, even an empty one.</summary>
    private const int MaxMessages = 1_000_000;

    private static readonly MessageParser<Pprof.Profile> s_parser = Pprof.Profile.Parser.WithDiscardUnknownFields(true);

    /// <summary>
    /// Whether bytes begin as such a profile does: with the type of its samples, <c>{type, unit}</c>, both numbers of strings.
    /// </summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0x0a, >= 2 and <= 20, 0x08, ..];

    /// <summary>Reads a profile; null if it is malformed, cut off or without samples.</summary>
    public static PprofSums? TryRead(byte[] bytes)
    {
        try
        {
            return HasTooMany(new CodedInputStream(bytes)) ? null : Sum(s_parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static bool HasTooMany(CodedInputStream input)
    {
        var messages = 0;

        while (messages <= MaxMessages && input.ReadTag() != 0)
        {
            input.SkipLastField();
            messages++;
        }

        return messages > MaxMessages;
    }

    private static PprofSums? Sum(Pprof.Profile profile)
    {
        if (profile.SampleType.Count == 0 || profile.Sample.Count == 0)
        {
            return null;
        }

        var names = new Dictionary<ulong, string>();
        foreach (var function in profile.Function)
        {
            names[function.Id] = Text(profile, function.Name) is { Length: > 0 } name ? name : "(unknown)";
        }

        var functions = new Dictionary<ulong, IReadOnlyList<string>>();
        foreach (var location in profile.Location)
        {
            functions[location.Id] = [.. location.Line.Select(line => names.GetValueOrDefault(line.FunctionId, "(unknown)"))];
        }

        // As pprof does: the default type, else the last.
        var types = profile.SampleType.ToList();
        var column = types.FindIndex(type => profile.DefaultSampleType != 0 && type.Type == profile.DefaultSampleType) is var index and >= 0
            ? index
            : types.Count - 1;
        var duration = TimeSpan.FromTicks(Math.Max(profile.DurationNanos, 0) / 100);
        var sums = new PprofSums(Text(profile, types[column].Type), Text(profile, types[column].Unit), duration);

        foreach (var sample in profile.Sample.Where(sample => sample.Value.Count > column))
        {
            sums.Add([.. sample.LocationId.SelectMany(location => functions.GetValueOrDefault(location) ?? [])], sample.Value[column]);
        }

        return sums.Total > 0 ? sums : null;
    }

    private static string Text(Pprof.Profile profile, long index) =>
        index >= 0 && index < profile.StringTable.Count ? profile.StringTable[(int)index] : "";
}
