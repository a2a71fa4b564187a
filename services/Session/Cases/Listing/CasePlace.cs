using System.Globalization;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>The place of a case in the order of creation, and which version of the index leads to it.</summary>
/// <param name="Number">Grows with each case that is created; unlike a clock, it is never set back.</param>
/// <param name="Version">See <see cref="CaseIndex.Version"/>; 0 if no entries were made yet.</param>
internal readonly record struct CasePlace(long Number, int Version)
{
    /// <summary>The record of it in the case's partition.</summary>
    public const string Key = "indexed";

    /// <summary>Whether the entries of the case are those of this program.</summary>
    public bool IsCurrent => Version == CaseIndex.Version;

    /// <summary>Reads the record; null without one, as in a case of a version without this index.</summary>
    public static CasePlace? Read(StateRecord? record)
    {
        if (record is null)
        {
            return null;
        }

        var words = record.Text.Split(' ');
        return new CasePlace(long.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[0], CultureInfo.InvariantCulture));
    }

    /// <summary>What the record holds.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version} {Number}");
}
