using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// Which number each digest has, at 23 to 46 bytes each, 33 on the average. Pages of open addressing under a directory by the digests'
/// first bits (extendible hashing): it grows page by page, so that it never needs room for itself twice and leaves no garbage behind, and
/// no page is so large that the runtime keeps it where it seldom collects.
/// </summary>
/// <remarks>
/// Digests are spread evenly and cannot be chosen without the key, so they serve as hashes as they are. Not thread-safe.
/// </remarks>
internal sealed class DigestTable
{
    private const int FirstPage = 16;
    private const int MaxPage = 1024;

    private Page[] _directory = [new(FirstPage, depth: 0)];
    private int _depth;

    /// <summary>How many digests it holds.</summary>
    public int Count { get; private set; }

    /// <summary>How much memory it takes, about.</summary>
    public long Bytes { get; private set; } = FirstPage * Unsafe.SizeOf<Entry>();

    /// <summary>The number of a digest, or 0.</summary>
    public long Find(Digest digest) => PageOf(digest).At(digest).Number;

    /// <summary>Sets the number of a digest.</summary>
    /// <exception cref="OverflowException">The number is above what a scope can have, 2³² - 1.</exception>
    public void Set(Digest digest, long number)
    {
        while (PageOf(digest) is { IsFull: true } full)
        {
            Grow(full, digest);
        }

        var page = PageOf(digest);
        ref var entry = ref page.At(digest);
        if (entry.Number == 0)
        {
            page.Count++;
            Count++;
        }

        entry = new Entry { High = digest.High, Low = digest.Low, Number = checked((uint)number) };
    }

    private Page PageOf(Digest digest) => _directory[IndexOf(digest.High, _depth)];

    private static int IndexOf(ulong bits, int depth) => depth == 0 ? 0 : (int)(bits >> (64 - depth));

    private void Grow(Page page, Digest digest)
    {
        Bytes -= page.Bytes;
        if (page.Length < MaxPage)
        {
            page.Resize(page.Length * 2);
            Bytes += page.Bytes;
            return;
        }

        if (page.Depth == _depth)
        {
            _directory = [.. _directory.SelectMany(each => new[] { each, each })];
            _depth++;
        }

        var span = 1 << (_depth - page.Depth);
        var first = IndexOf(digest.High, _depth) & ~(span - 1);
        var other = page.Split();
        _directory.AsSpan(first + (span / 2), span / 2).Fill(other);
        Bytes += page.Bytes + other.Bytes;
    }

    [StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
    private struct Entry
    {
        public ulong High;
        public ulong Low;

        // 0 where nothing is.
        public uint Number;
    }

    private sealed class Page(int length, int depth)
    {
        private Entry[] _entries = EntriesOf(length);

        public int Count { get; set; }

        /// <summary>How many of the first bits all of its digests share.</summary>
        public int Depth { get; private set; } = depth;

        public int Length => _entries.Length;

        public long Bytes => (long)_entries.Length * Unsafe.SizeOf<Entry>();

        // An eighth stays free, so that looking for what isn't there ends soon.
        public bool IsFull => Count >= _entries.Length - (_entries.Length / 8);

        /// <summary>Where a digest is, or would be.</summary>
        public ref Entry At(Digest digest)
        {
            // The directory took the first bits, this takes the last 32.
            var at = (int)(((digest.Low & uint.MaxValue) * (ulong)_entries.Length) >> 32);
            while (true)
            {
                ref var entry = ref _entries[at];
                if (entry.Number == 0 || (entry.High == digest.High && entry.Low == digest.Low))
                {
                    return ref entry;
                }

                at = at + 1 == _entries.Length ? 0 : at + 1;
            }
        }

        public void Resize(int to)
        {
            var old = _entries;
            _entries = EntriesOf(to);
            foreach (ref readonly var entry in old.AsSpan())
            {
                if (entry.Number != 0)
                {
                    At(new Digest(entry.High, entry.Low)) = entry;
                }
            }
        }

        // Those that stay go where nothing is ever moved, or they would be copied twice on their way to the oldest generation, and leave
        // holes between them there.
        private static Entry[] EntriesOf(int length) => length < MaxPage ? new Entry[length]
            : GC.AllocateArray<Entry>(length, pinned: true);

        /// <summary>Moves the digests whose next bit is set to a page of their own.</summary>
        public Page Split()
        {
            var bit = 1UL << (63 - Depth);
            var other = new Page(_entries.Length, ++Depth);
            var all = ArrayPool<Entry>.Shared.Rent(_entries.Length);
            var count = _entries.Length;
            _entries.CopyTo(all, 0);
            _entries.AsSpan().Clear();
            Count = 0;
            foreach (ref readonly var entry in all.AsSpan(0, count))
            {
                if (entry.Number != 0)
                {
                    var page = (entry.High & bit) == 0 ? this : other;
                    page.At(new Digest(entry.High, entry.Low)) = entry;
                    page.Count++;
                }
            }

            ArrayPool<Entry>.Shared.Return(all);
            return other;
        }
    }
}
