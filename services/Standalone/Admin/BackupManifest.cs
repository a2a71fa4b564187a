using System.Security.Cryptography;
using System.Text.Json;

namespace FaultMaven.Standalone.Admin;

/// <summary>What a backup consists of. It is written last: without it a backup is incomplete.</summary>
/// <param name="Format">The version of this form.</param>
/// <param name="Product">The version of FaultMaven that wrote it.</param>
/// <param name="Time">The moment that it shows.</param>
/// <param name="Schemas">The versions of the tables of its SQLite files, by path.</param>
/// <param name="HasTexts">Whether it has the texts of evidence; they may be in a bucket instead.</param>
/// <param name="Files">All files but the manifest's own.</param>
internal sealed record BackupManifest(
    int Format,
    string Product,
    DateTimeOffset Time,
    IReadOnlyDictionary<string, int> Schemas,
    bool HasTexts,
    IReadOnlyList<BackupFile> Files)
{
    /// <summary>The format that this program writes.</summary>
    public const int CurrentFormat = 1;

    private const string FileName = "manifest.json";

    // As sha256sum writes and checks it.
    private const string DigestFileName = "manifest.json.sha256";

    private static readonly string[] s_folders = [DataFolder.State, DataFolder.Evidence, DataFolder.Knowledge, DataFolder.Redaction];

    private static readonly JsonSerializerOptions s_json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectRequiredConstructorParameters = true };

    /// <summary>Whether a folder is a backup, complete or not sure to be.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="BackupUnusableException">The backup is incomplete or damaged, or of a newer version.</exception>
    public static BackupManifest Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!Directory.Exists(directory))
        {
            throw new BackupUnusableException($"There is no folder {directory}.");
        }

        if (!File.Exists(path))
        {
            throw new BackupUnusableException($"{directory} has no {FileName}: it is not a backup, or one that was not completed.");
        }

        var bytes = File.ReadAllBytes(path);
        var digest = Path.Combine(directory, DigestFileName);
        if (!File.Exists(digest) || File.ReadAllText(digest) != DigestLine(bytes))
        {
            throw new BackupUnusableException($"{path} was changed or damaged: {DigestFileName} does not fit. Use another backup.");
        }

        return Parse(path, bytes);
    }

    /// <summary>Writes the manifest of a backup.</summary>
    public void Write(string directory)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(this, s_json);
        Write(Path.Combine(directory, DigestFileName), System.Text.Encoding.UTF8.GetBytes(DigestLine(bytes)));
        Write(Path.Combine(directory, FileName), bytes);
    }

    private static BackupManifest Parse(string path, byte[] bytes)
    {
        BackupManifest? manifest;
        try
        {
            using var format = JsonDocument.Parse(bytes);
            if (format.RootElement.GetProperty("format").GetInt32() is > CurrentFormat and var newer)
            {
                throw new BackupUnusableException(
                    $"A newer version of FaultMaven wrote this backup: it has format {newer}, and this program knows {CurrentFormat}.");
            }

            manifest = JsonSerializer.Deserialize<BackupManifest>(bytes, s_json);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new BackupUnusableException($"{path} cannot be read. Use another backup.", exception);
        }

        return manifest is not null && manifest.Files.All(file => IsInside(file.Path))
            ? manifest
            : throw new BackupUnusableException($"{path} names files that no data folder has. Use another backup.");
    }

    private static bool IsInside(string path) =>
        path.Split('/') is [var folder, _, ..] parts && s_folders.Contains(folder)
        && parts.All(part => part is not ("" or "." or "..") && part.AsSpan().IndexOfAny('\\', ':', '\0') < 0);

    private static string DigestLine(byte[] manifest) => $"{Convert.ToHexStringLower(SHA256.HashData(manifest))}  {FileName}\n";

    private static void Write(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">Where it is in the backup and in a data folder, with slashes.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Sha256">Its digest in lower-case hexadecimal.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);
