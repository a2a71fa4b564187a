using Google.Protobuf;

namespace FaultMaven.Data.Analysis.Documents.Profiles;

/// <summary>
/// Reads profiles in the binary form of pprof (github.com/google/pprof, proto/profile.proto), inflated. Only what sums by function need is
/// taken: the samples, and which functions their locations are in.
/// </summary>
internal sealed class PprofReader
{
    private const int MaxEntries = 4_000_000;

    private readonly List<(long Type, long Unit)> _types = [];
    private readonly List<(List<ulong> Locations, List<long> Values)> _samples = [];
    private readonly Dictionary<ulong, List<ulong>> _functionsOfLocation = [];
    private readonly Dictionary<ulong, long> _nameOfFunction = [];
    private readonly List<string> _strings = [];
    private long _durationNanos;
    private long _defaultType;
    private int _entries;

    /// <summary>
    /// Whether bytes begin as such a profile does: with the type of its samples, <c>{type, unit}</c>, both numbers of strings.
    /// </summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0x0a, >= 2 and <= 20, 0x08, ..];

    /// <summary>Reads it; null if it is none, or cut off before anything could be told.</summary>
    public static PprofSums? TryRead(byte[] bytes)
    {
        var reader = new PprofReader();

        try
        {
            reader.ReadProfile(new CodedInputStream(bytes));
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidDataException)
        {
            return null;
        }

        return reader.Sum();
    }

    private void ReadProfile(CodedInputStream input)
    {
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                case (1, WireFormat.WireType.LengthDelimited):
                    _types.Add(ReadPair(Message(input)));
                    break;
                case (2, WireFormat.WireType.LengthDelimited):
                    ReadSample(Message(input));
                    break;
                case (4, WireFormat.WireType.LengthDelimited):
                    ReadLocation(Message(input));
                    break;
                case (5, WireFormat.WireType.LengthDelimited):
                    var (id, name) = ReadPair(Message(input));
                    _nameOfFunction[(ulong)id] = name;
                    break;
                case (6, WireFormat.WireType.LengthDelimited):
                    _strings.Add(input.ReadString());
                    break;
                case (10, WireFormat.WireType.Varint):
                    _durationNanos = input.ReadInt64();
                    break;
                case (14, WireFormat.WireType.Varint):
                    _defaultType = input.ReadInt64();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }

            Count(1);
        }
    }

    // ValueType {1 type, 2 unit} and Function {1 id, 2 name}: two numbers.
    private static (long First, long Second) ReadPair(CodedInputStream input)
    {
        var (first, second) = (0L, 0L);

        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                case (1, WireFormat.WireType.Varint):
                    first = input.ReadInt64();
                    break;
                case (2, WireFormat.WireType.Varint):
                    second = input.ReadInt64();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return (first, second);
    }

    // Sample {1 location_id, the innermost first; 2 value, one for each type}
    private void ReadSample(CodedInputStream input)
    {
        var (locations, values) = (new List<ulong>(), new List<long>());

        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    ReadNumbers(input, tag, number => locations.Add(number));
                    break;
                case 2:
                    ReadNumbers(input, tag, number => values.Add((long)number));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        Count(locations.Count + values.Count);
        _samples.Add((locations, values));
    }

    // Location {1 id, 4 line {1 function_id}}: several lines where functions were inlined, the innermost first.
    private void ReadLocation(CodedInputStream input)
    {
        var id = 0UL;
        var functions = new List<ulong>();

        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            switch (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag))
            {
                case (1, WireFormat.WireType.Varint):
                    id = input.ReadUInt64();
                    break;
                case (4, WireFormat.WireType.LengthDelimited):
                    functions.Add((ulong)ReadPair(Message(input)).First);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        Count(functions.Count);
        _functionsOfLocation[id] = functions;
    }

    // Packed, or one by one.
    private static void ReadNumbers(CodedInputStream input, uint tag, Action<ulong> take)
    {
        if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint)
        {
            take(input.ReadUInt64());
            return;
        }

        if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
        {
            input.SkipLastField();
            return;
        }

        for (var packed = Message(input); !packed.IsAtEnd;)
        {
            take(packed.ReadUInt64());
        }
    }

    private static CodedInputStream Message(CodedInputStream input) => input.ReadBytes().CreateCodedInput();

    private void Count(int entries)
    {
        _entries += entries;

        if (_entries > MaxEntries)
        {
            throw new InvalidDataException("It has more entries than a profile that somebody looks at.");
        }
    }

    private PprofSums? Sum()
    {
        if (_types.Count == 0 || _samples.Count == 0)
        {
            return null;
        }

        // As pprof has it: the default type, else the last.
        var column = _types.FindIndex(type => _defaultType != 0 && type.Type == _defaultType) is var index and >= 0 ? index
            : _types.Count - 1;
        var sums =
            new PprofSums(Text(_types[column].Type), Text(_types[column].Unit),
            TimeSpan.FromTicks(Math.Clamp(_durationNanos, 0, long.MaxValue) / 100));

        foreach (var (locations, values) in _samples.Where(sample => sample.Values.Count > column))
        {
            sums.Add([.. locations.SelectMany(location => _functionsOfLocation.GetValueOrDefault(location) ?? []).Select(NameOf)],
                values[column]);
        }

        return sums.Total > 0 ? sums : null;
    }

    private string NameOf(ulong function) => _nameOfFunction.TryGetValue(function, out var name) && Text(name) is { Length: > 0 } text
        ? text : "(unknown)";

    private string Text(long index) => index >= 0 && index < _strings.Count ? _strings[(int)index] : "";
}
