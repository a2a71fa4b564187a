namespace FaultMaven.Redaction.Recognition;

/// <summary>What a recogniser found nothing in, and might, if another finding were there.</summary>
/// <param name="Start">Where it was asked, or before: from here on it is to be asked again.</param>
/// <param name="From">A finding that touches what begins here and doesn't cover it makes it worth asking again.</param>
/// <param name="End">Exclusive, of both.</param>
internal readonly record struct Doubt(int Start, int From, int End);
