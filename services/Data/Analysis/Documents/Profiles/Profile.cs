using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Profiles;

/// <summary>Where a process spent its time, by frame.</summary>
internal sealed class Profile
{
    private const int MaxFrames = 100_000;

    private readonly Dictionary<string, Cost> _frames = new(StringComparer.Ordinal);

    /// <summary>All that was sampled or measured, in the profile's own unit.</summary>
    public double Total { get; private set; }

    public IEnumerable<Cost> Frames => _frames.Values;

    /// <summary>Adds a stack, the outermost frame first, with what it cost.</summary>
    /// <param name="stack">The frames.</param>
    /// <param name="cost">The samples, or the time.</param>
    /// <param name="at">Where it is.</param>
    public void AddStack(IReadOnlyList<string> stack, double cost, LineRange at)
    {
        Total += cost;
        for (var i = 0; i < stack.Count; i++)
        {
            // A frame that calls itself is there once.
            if (IsFirst(stack, i))
            {
                Take(stack[i], i == stack.Count - 1 || stack[i] == stack[^1] ? cost : 0, cost, at);
            }
        }
    }

    /// <summary>Adds a frame of a profile that is already summed up.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="own">What it cost by itself.</param>
    /// <param name="whole">What it cost with all that it called.</param>
    /// <param name="at">Where it is.</param>
    public void AddFrame(string frame, double own, double whole, LineRange at) => Take(frame, own, whole, at);

    /// <summary>Says what all of it cost, where the profile does; else it is what the frames cost by themselves.</summary>
    public void SetTotal(double total) => Total = total;

    private static bool IsFirst(IReadOnlyList<string> stack, int index)
    {
        // Deep recursion is cut off by those who take samples; what is deeper may count twice.
        for (var i = Math.Max(0, index - 64); i < index; i++)
        {
            if (stack[i] == stack[index])
            {
                return false;
            }
        }

        return true;
    }

    private void Take(string frame, double own, double whole, LineRange at)
    {
        if (!_frames.TryGetValue(frame, out var known))
        {
            if (_frames.Count >= MaxFrames)
            {
                return;
            }

            known = _frames[frame] = new Cost(frame);
        }

        known.Add(own, whole, at);
    }

    /// <summary>What a frame cost.</summary>
    internal sealed class Cost(string frame)
    {
        private double _most;

        public string Frame { get; } = frame;

        public double Own { get; private set; }

        public double Whole { get; private set; }

        /// <summary>Where the most costly of its stacks is.</summary>
        public LineRange At { get; private set; }

        public void Add(double own, double whole, LineRange at)
        {
            Own += own;
            Whole += whole;
            var cost = own > 0 ? own * 1e6 : whole;
            if (cost > _most || At == default)
            {
                _most = cost;
                At = at;
            }
        }
    }
}
