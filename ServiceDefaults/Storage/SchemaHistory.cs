namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>How the tables of a file came to be what they are: steps that can be gone in both directions.</summary>
/// <param name="steps">From no tables to the first version, from there to the second, and so on.</param>
public sealed class SchemaHistory(params IReadOnlyList<SchemaStep> steps)
{
    /// <summary>The version that this program writes.</summary>
    public int Version => steps.Count;

    /// <summary>The statements that lead from one version to another, in order. They are run in one transaction.</summary>
    /// <param name="from">The version of the file; 0 for one without tables.</param>
    /// <param name="to">The version that it is to have, from 1 to <see cref="Version"/>.</param>
    /// <exception cref="InvalidDataException">A newer version of this program wrote the file.</exception>
    public IEnumerable<string> Between(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Version);
        if (from > Version)
        {
            throw new InvalidDataException(
                $"a newer version of FaultMaven wrote it, with schema {from}, and this program knows {Version}. Use that version, which "
                + "can also bring it to an earlier schema ('fm admin migrate')");
        }

        return from <= to
            ? steps.Skip(from).Take(to - from).Select(step => step.Up)
            : steps.Skip(to).Take(from - to).Reverse().Select(step => step.Down);
    }
}

/// <summary>A step between two versions of tables.</summary>
/// <param name="Up">Makes the newer of the older.</param>
/// <param name="Down">Makes the older of the newer. What the older has no place for is lost.</param>
public sealed record SchemaStep(string Up, string Down);
