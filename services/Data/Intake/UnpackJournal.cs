using FaultMaven.Data.Store;
using FaultMaven.ServiceDefaults.Identity;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Notes what an archive became while it is unpacked, so that it can be undone: by itself when it breaks off, or by <see
/// cref="OrphanSweep"/> when the process is gone. A file: the tenant, the name of the archive, then of each file in it, one on a line. It
/// is locked while its archive is unpacked.
/// </summary>
internal sealed class UnpackJournal : IAsyncDisposable
{
    public const string Extension = ".unpack";

    private readonly StreamWriter _file;
    private readonly string _path;
    private readonly UnpackJournals _journals;
    private bool _isComplete;

    public UnpackJournal(string path, EvidenceName archive, UnpackJournals journals)
    {
        _path = path;
        _journals = journals;
        _file = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None)) { AutoFlush = true };
        _file.WriteLine(CallIdentity.Current.Principal.Tenant);
        _file.WriteLine($"{archive}");
    }

    /// <summary>Notes a name before anything is stored under it.</summary>
    public void Add(EvidenceName entry) => _file.WriteLine($"{entry}");

    /// <summary>The archive is stored; its files are kept.</summary>
    public void Complete() => _isComplete = true;

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();

        if (_isComplete)
        {
            File.Delete(_path);
        }
        else
        {
            await _journals.TryUndoAsync(_path);
        }
    }
}

/// <summary>The journals of archives that are being unpacked, or that were when a process ended.</summary>
internal sealed partial class UnpackJournals(StagingDirectory incoming, EvidenceStore store, EvidenceRemoval removal,
    ILogger<UnpackJournals> logger)
{
    public UnpackJournal Start(EvidenceName archive) => new(incoming.NewPath(UnpackJournal.Extension), archive, this);

    /// <summary>Removes what came of archives whose upload ended early.</summary>
    public async Task UndoLeftOversAsync()
    {
        foreach (var path in Directory.EnumerateFiles(incoming.Path, $"*{UnpackJournal.Extension}"))
        {
            await TryUndoAsync(path);
        }
    }

    /// <summary>
    /// Removes what came of an archive, unless it is still being unpacked. Cannot be cancelled: it cleans up after a cancellation.
    /// </summary>
    public async Task TryUndoAsync(string path)
    {
        try
        {
            await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                using var reader = new StreamReader(file);
                var tenant = await reader.ReadLineAsync(CancellationToken.None) ?? "";
                using var work = CallIdentity.OfService(EvidenceStore.Service, tenant).Enter(EvidenceStore.Service);
                var isStored = !EvidenceName.TryParse(await reader.ReadLineAsync(CancellationToken.None), out var archive)
                    || await store.FindAsync(archive, CancellationToken.None) is not null;

                while (!isStored && await reader.ReadLineAsync(CancellationToken.None) is { } line)
                {
                    // The last line of a journal that a crash ended may be cut.
                    if (EvidenceName.TryParse(line, out var name))
                    {
                        await removal.RemoveAsync(name, _ => { }, CancellationToken.None);
                    }
                }
            }

            File.Delete(path);
        }
        catch (IOException exception)
        {
            // It stays, for the next sweep.
            LogLeft(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Removing the files of an unfinished archive failed; the next sweep tries again.")]
    private partial void LogLeft(Exception exception);
}
