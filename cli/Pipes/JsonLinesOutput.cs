using System.Buffers;
using System.Text.Json;
using FaultMaven.Cli.Terminal;

namespace FaultMaven.Cli.Pipes;

/// <summary>Writes JSON Lines on standard output.</summary>
internal sealed class JsonLinesOutput : IAsyncDisposable
{
    private readonly Stream _stream = Console.OpenStandardOutput();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public JsonLinesOutput() => _json = new(_buffer, new JsonWriterOptions { Encoder = JsonOutput.Encoder });

    /// <summary>Adds a line; <see cref="FlushAsync"/> writes it.</summary>
    public void Add<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        write(_json, value);
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
