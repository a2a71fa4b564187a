using System.Text;
using System.Text.Json.Nodes;
using FaultMaven.Protos.Agent.V1;

namespace FaultMaven.Reports.Tests;

/// <summary>What a person sees who is sent a report, in a real browser; its texts try to break out of it.</summary>
public sealed class AReportInABrowser : IAsyncLifetime
{
    private const string Hostile = "</style><script>document.title='broken'</script><img src=http://127.0.0.1:9/x onerror=alert(1)> "
        + "and-a-very-long-name.that.has.no.place.to.break/at/all/0123456789012345678901234567890123456789012345678901234567890123456789";

    // The contrast of each text with what is behind it, as WCAG 2 counts it; of large text less is asked.
    private const string LowContrast = """
        (() => {
          const parse = css => (css.match(/[\d.]+/g) || []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const color = parse(getComputedStyle(at).backgroundColor);
              if (color.length === 3 || color[3] === 1) return color;
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll('body *')].filter(e => e.getClientRects().length > 0
              && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim().length > 0) && !e.closest('title, desc, .skip'))
            .map(e => {
              const style = getComputedStyle(e);
              const box = e.closest('svg') ? [...e.parentElement.querySelectorAll('rect.box')].map(r => parse(getComputedStyle(r).fill))
                : [];
              const text = light(parse(e.closest('svg') ? style.fill : style.color));
              const grounds = [behind(e), ...box].map(light);
              const least = Math.min(...grounds.map(g => (Math.max(text, g) + 0.05) / (Math.min(text, g) + 0.05)));
              return { text: e.textContent.trim().slice(0, 40), name: e.tagName + '.' + e.getAttribute('class'), least };
            }).filter(found => found.least < 4.5).map(found => `${found.name} ${found.least.toFixed(2)} ${found.text}`);
        })()
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fm-report-");
    private Browser _browser = null!;
    private string _path = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int, string> Screens => new() { { 390, "light" }, { 390, "dark" }, { 1280, "light" }, { 1280, "dark" } };

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Browser.IsInstalled, "Needs Chromium (Debian: apt-get install chromium).");
        _path = Path.Combine(_folder.FullName, "report.html");
        await File.WriteAllBytesAsync(_path, ReportDocument.Of(MadeReport.With(Hostile), ReportFormat.Html).ToBytes(), Cancel);
        _browser = await Browser.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? default);
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Fits_the_screen_and_can_be_read(int width, string scheme)
    {
        await _browser.OpenAsync(_path, width, scheme, "screen", Cancel);

        Assert.Equal(width, (int)await _browser.EvaluateAsync("document.documentElement.scrollWidth", Cancel));
        Assert.Empty(Texts(await _browser.EvaluateAsync(LowContrast, Cancel)));

        // One picture of each, drawn for this width.
        var pictures = "[...document.querySelectorAll('svg')].filter(s => s.getClientRects().length).map(s => s.id)";
        var suffix = width < 640 ? "narrow" : "wide";
        Assert.Equal([$"chain-{suffix}", $"rate-{suffix}", "curve-1"], Texts(await _browser.EvaluateAsync(pictures, Cancel)));

        // No line of text in a picture leaves it.
        var outside = "[...document.querySelectorAll('svg text')].filter(t => t.getClientRects().length).filter(t => { const a = "
            + "t.getBoundingClientRect(), b = t.closest('svg').getBoundingClientRect(); return a.left < b.left - 1 "
            + "|| a.right > b.right + 1; }).map(t => t.textContent)";
        Assert.Empty(Texts(await _browser.EvaluateAsync(outside, Cancel)));
    }

    [Fact]
    public async Task Runs_nothing_asks_for_nothing_and_has_no_fault()
    {
        await _browser.OpenAsync(_path, 1280, "light", "screen", Cancel);

        var title = (string)(await _browser.EvaluateAsync("document.title", Cancel))!;
        Assert.StartsWith("Incident report: </style><script>", title, StringComparison.Ordinal);
        var asked = _browser.Events.Where(sent => (string?)sent["method"] == "Network.requestWillBeSent")
            .Select(sent => (string)sent["params"]!["request"]!["url"]!);
        Assert.All(asked, address => Assert.StartsWith("file://", address, StringComparison.Ordinal));
        Assert.Single(asked.Distinct());
        Assert.DoesNotContain(_browser.Events, sent => (string?)sent["method"] is "Log.entryAdded" or "Runtime.consoleAPICalled"
            or "Runtime.exceptionThrown");
    }

    [Fact]
    public async Task Is_dark_where_the_person_likes_it_dark_and_light_on_paper()
    {
        const string Ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((a, b) => a + b)";

        await _browser.OpenAsync(_path, 1280, "light", "screen", Cancel);
        var light = (int)await _browser.EvaluateAsync(Ground, Cancel);
        var lightPicture = await _browser.PhotographAsync(Cancel);
        await _browser.OpenAsync(_path, 1280, "dark", "screen", Cancel);
        var dark = (int)await _browser.EvaluateAsync(Ground, Cancel);
        var darkPicture = await _browser.PhotographAsync(Cancel);
        await _browser.OpenAsync(_path, 720, "dark", "print", Cancel);
        var paper = (int)await _browser.EvaluateAsync(Ground, Cancel);

        Assert.True(light > 700 && dark < 100 && paper == 3 * 255, $"{light} {dark} {paper}");
        Assert.Equal(Size(lightPicture), Size(darkPicture));
        Assert.NotEqual(lightPicture, darkPicture);
        Assert.Empty(Texts(await _browser.EvaluateAsync(LowContrast, Cancel)));
    }

    [Fact]
    public async Task Prints_on_pages()
    {
        await _browser.OpenAsync(_path, 1280, "dark", "", Cancel);

        var printed = Encoding.Latin1.GetString(await _browser.PrintAsync(Cancel));

        Assert.StartsWith("%PDF-", printed, StringComparison.Ordinal);
        Assert.InRange(printed.Split("/Type /Page\n").Length - 1, 2, 12);
    }

    [Fact]
    public async Task Leads_from_a_statement_to_its_source_and_back()
    {
        await _browser.OpenAsync(_path, 1280, "light", "screen", Cancel);

        var broken = "[...document.querySelectorAll('a')].map(a => a.getAttribute('href')).filter(h => !document.querySelector(h))";
        Assert.Empty(Texts(await _browser.EvaluateAsync(broken, Cancel)));
        var there = await _browser.EvaluateAsync("document.querySelector('.summary .refs a').click(), location.hash", Cancel);
        Assert.Equal("#s1", (string)there!);
        var back = await _browser.EvaluateAsync("document.querySelector('#s1 .back a').click(), location.hash", Cancel);
        Assert.Equal("#t1", (string)back!);
    }

    private static List<string> Texts(JsonNode array) => [.. array.AsArray().Select(item => (string)item!)];

    // The header of a PNG holds its width and height.
    private static string Size(byte[] png) => Convert.ToHexString(png.AsSpan(16, 8));
}
