using System.Text;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>
/// The name of a tenant as a part of a path. Some file systems do not tell upper from lower case, so <c>Acme</c> is <c>~acme</c>; no name
/// of a tenant contains a <c>~</c>.
/// </summary>
public static class TenantPath
{
    private const char Upper = '~';

    /// <summary>The part of a path.</summary>
    public static string Of(string tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        var path = new StringBuilder(tenant.Length);
        foreach (var character in tenant)
        {
            if (char.IsAsciiLetterUpper(character))
            {
                path.Append(Upper);
            }

            path.Append(char.ToLowerInvariant(character));
        }

        return path.ToString();
    }

    /// <summary>The reverse of <see cref="Of"/>.</summary>
    public static string Parse(string path)
    {
        var tenant = new StringBuilder(path.Length);
        var isUpper = false;
        foreach (var character in path)
        {
            if (character == Upper)
            {
                isUpper = true;
                continue;
            }

            tenant.Append(isUpper ? char.ToUpperInvariant(character) : character);
            isUpper = false;
        }

        return tenant.ToString();
    }
}
