using System.IO.Compression;
using FaultMaven.Data.Analysis.Documents.Profiles;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingBinaryProfiles(DataHost host)
{
    [Fact]
    public async Task Keeps_what_pprof_prints_of_them()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "cpu.pb", Profile());

        Assert.Equal(EvidenceType.Profile, evidence.Type);
        Assert.Equal(
            """
            Type: cpu
            Duration: 10s, Total samples = 9.28s
            Showing nodes accounting for 9.28s, 100.00% of 9.28s total
                  flat  flat%   sum%        cum   cum%
                 6.10s 65.73% 65.73%      8.00s 86.21%  shop/price.Lookup
                 1.90s 20.47% 86.21%      1.90s 20.47%  runtime.mallocgc
                 1.20s 12.93% 99.14%      1.20s 12.93%  encoding/json.Marshal
                 0.08s  0.86% 100.00%      9.28s 100.00%  main.main
                 0.00s  0.00% 100.00%      9.20s 99.14%  net/http.(*conn).serve
                 0.00s  0.00% 100.00%      8.00s 86.21%  shop/cart.(*Cart).Total
            """,
            string.Join('\n', await host.Client.ReadAllLinesAsync(evidence.Name)));
    }

    [Fact]
    public async Task Keeps_a_reference_of_what_only_begins_like_one()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "cpu.pb", [0x0a, 4, 8, 1, 0x10, 2, .. Enumerable.Repeat((byte)7, 400)]);

        Assert.Equal((EvidenceType.Unanalyzable, 0L), (evidence.Type, evidence.LineCount));
    }

    [Fact]
    public void Cut_off_or_garbled_anywhere_are_read_or_refused()
    {
        var profile = Profile();
        var random = new Random(7);

        for (var length = 0; length < profile.Length; length++)
        {
            _ = PprofReader.TryRead(profile[..length]);
            var garbled = profile.ToArray();
            garbled[length] = (byte)random.Next(256);
            _ = PprofReader.TryRead(garbled)?.Print();
        }
    }

    private static byte[] Profile()
    {
        using var packed = new GZipStream(
            File.OpenRead(Path.Combine(EveryRowOfTheExtractorTable.Root(), "profile-binary", "cpu.pb.gz")), CompressionMode.Decompress);
        using var profile = new MemoryStream();
        packed.CopyTo(profile);

        return profile.ToArray();
    }
}
