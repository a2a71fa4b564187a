using System.Xml;
using System.Xml.Linq;

namespace FaultMaven.Reports.Tests;

/// <summary>A page of HTML that is well-formed XML too, so that an XML parser finds what a text has become.</summary>
internal static class Page
{
    public static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>The elements in order with the names of their attributes: what a text must not change.</summary>
    public static IEnumerable<string> Shape(XDocument page) => page.Descendants()
        .Select(element => string.Join(
            ' ', element.Attributes().Select(attribute => attribute.Name.LocalName).Prepend(element.Name.LocalName)));
}
