using Google.Protobuf;

namespace FaultMaven.Standalone.Tests;

/// <summary>What a test needs of a span, read from an <c>ExportTraceServiceRequest</c> of OTLP.</summary>
internal sealed record ExportedSpan(string TraceId, string ParentId, string Name, int Kind, IReadOnlyList<string> Attributes)
{
    public const int Server = 2;
    public const int Client = 3;

    /// <summary>Reads the spans of a request: resource_spans (1), scope_spans (2), spans (2).</summary>
    public static IEnumerable<ExportedSpan> ReadAll(byte[] request) =>
        Fields(request).Where(field => field.Number == 1)
            .SelectMany(resource => Fields(resource.Bytes)).Where(field => field.Number == 2)
            .SelectMany(scope => Fields(scope.Bytes)).Where(field => field.Number == 2)
            .Select(span => Read(Fields(span.Bytes)));

    private static ExportedSpan Read(IReadOnlyList<Field> fields) => new(
        Convert.ToHexStringLower(fields.Single(field => field.Number == 1).Bytes),
        Convert.ToHexStringLower(fields.SingleOrDefault(field => field.Number == 4)?.Bytes ?? []),
        fields.Single(field => field.Number == 5).Text,
        (int)(fields.SingleOrDefault(field => field.Number == 6)?.Value ?? 0),
        [.. fields.Where(field => field.Number == 9).Select(attribute => Fields(attribute.Bytes).First(field => field.Number == 1).Text)]);

    private static List<Field> Fields(byte[] message)
    {
        var fields = new List<Field>();
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    fields.Add(new Field(number, 0, input.ReadBytes().ToByteArray()));
                    break;
                case WireFormat.WireType.Varint:
                    fields.Add(new Field(number, input.ReadUInt64(), []));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return fields;
    }

    private sealed record Field(int Number, ulong Value, byte[] Bytes)
    {
        public string Text => System.Text.Encoding.UTF8.GetString(Bytes);
    }
}
