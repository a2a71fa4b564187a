namespace FaultMaven.Knowledge.Documents;

/// <summary>A document as it is kept: redacted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it came from.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Text">Its text, or null where only the rest was asked for.</param>
/// <param name="Sha256">Of the text, in lower-case hexadecimal.</param>
/// <param name="ChunkCount">How many chunks it was cut into.</param>
/// <param name="UpdateTime">When this text was stored.</param>
/// <param name="Flags">What of it looks like prompt injection.</param>
internal sealed record Document(
    string Name, string Path, string Title, string? Text, string Sha256, int ChunkCount, DateTimeOffset UpdateTime, DocumentFlags Flags)
{
    private const int EtagLength = 16;

    /// <summary>Changes with the text.</summary>
    public string Etag => Sha256[..EtagLength];
}
