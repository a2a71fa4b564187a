using FaultMaven.Data.Intake.Bytes;
using FaultMaven.Data.Intake.Limits;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>What one upload may still unpack to. All layers of packing draw on it, so that bombs inside of bombs add up.</summary>
internal sealed class UnpackBudget(ArchiveOptions options, UploadStream upload)
{
    /// <summary>Below this size nothing is counted: small files of repeated lines compress without limit.</summary>
    private const long FreeBytes = 16L << 20;

    private long _bytesInflated;
    private long _bytesOfFiles;
    private int _entries;

    /// <summary>Counts bytes that a layer gave.</summary>
    /// <exception cref="IntakeRefusedException">It is too much for the bytes that came.</exception>
    public void AddInflated(int count)
    {
        _bytesInflated += count;

        if (_bytesInflated > Math.Max(FreeBytes, upload.BytesReceived * options.MaxRatio))
        {
            throw new IntakeRefusedException(IntakeFailure.ArchiveBeyond("ratio", options.MaxRatio, nameof(options.MaxRatio)));
        }
    }

    /// <summary>Counts bytes of a file.</summary>
    /// <exception cref="IntakeRefusedException">All files together are too large.</exception>
    public void AddContent(int count)
    {
        _bytesOfFiles += count;

        if (_bytesOfFiles > options.MaxBytes)
        {
            throw new IntakeRefusedException(IntakeFailure.ArchiveBeyond("bytes", options.MaxBytes, nameof(options.MaxBytes)));
        }
    }

    /// <exception cref="IntakeRefusedException">There are too many.</exception>
    public void AddEntry()
    {
        if (++_entries > options.MaxEntries)
        {
            throw new IntakeRefusedException(IntakeFailure.ArchiveBeyond("entries", options.MaxEntries, nameof(options.MaxEntries)));
        }
    }

    /// <summary>Goes one layer deeper, to <paramref name="depth"/>; the upload itself is at 0.</summary>
    /// <exception cref="IntakeRefusedException">It is too deep.</exception>
    public void Enter(int depth)
    {
        if (depth > options.MaxDepth)
        {
            throw new IntakeRefusedException(IntakeFailure.ArchiveBeyond("depth", options.MaxDepth, nameof(options.MaxDepth)));
        }
    }
}
