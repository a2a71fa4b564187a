namespace FaultMaven.Cli.Connections;

/// <summary>The folder that an embedded FaultMaven keeps everything in.</summary>
internal static class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes sure that the folder exists and gives its full path.</summary>
    /// <param name="named">The folder the user named, or <c>null</c> for the default one.</param>
    public static string Prepare(string? named)
    {
        var path = Find(named);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                ExitCode.NotWritable, $"The data folder {path} cannot be used: {exception.Message}", exception);
        }

        return path;
    }

    /// <summary>The full path of the folder, whether or not it exists.</summary>
    /// <inheritdoc cref="Prepare"/>
    public static string Find(string? named) => Path.GetFullPath(
        named is { Length: > 0 } ? named
        : FindDefault()
        ?? throw new CommandFailedException(ExitCode.Usage, "There is no home folder to keep data in; name one with --data-dir."));

    /// <summary>The folder that is used where none is named; null if there is no home folder.</summary>
    // On Linux this is $XDG_DATA_HOME or ~/.local/share.
    public static string? FindDefault() =>
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
            ? Path.Combine(home, "faultmaven")
            : null;
}
