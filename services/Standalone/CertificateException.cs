namespace FaultMaven.Standalone;

/// <summary>There is no certificate for an https address; the message says what to set.</summary>
public sealed class CertificateException(string message) : Exception(message);
