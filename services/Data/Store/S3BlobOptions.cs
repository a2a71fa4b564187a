using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Store;

/// <summary>
/// An S3-compatible store for the texts of evidence. They are files below <see cref="DataOptions.Directory"/> unless a bucket is named.
/// </summary>
internal sealed class S3BlobOptions
{
    public const string Section = "Data:Blobs:S3";

    /// <summary>The bucket, which exists. Empty for no S3. Default empty.</summary>
    [Shown]
    public string Bucket { get; set; } = "";

    /// <summary>What the keys of all texts start with, such as <c>faultmaven/</c>. Default empty.</summary>
    [MaxLength(200)]
    [Shown]
    public string Prefix { get; set; } = "";

    /// <summary>Where the store is, if it is not Amazon's, such as <c>https://minio:9000</c>. Default none.</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>The region of the bucket. Default <c>us-east-1</c>, which stores other than Amazon's take for any.</summary>
    [Required]
    [Shown]
    public string Region { get; set; } = "us-east-1";

    /// <summary>
    /// Whether the bucket is a part of the path rather than of the host's name. Default false, as Amazon wants it; most others want true.
    /// </summary>
    public bool ForcePathStyle { get; set; }

    /// <summary>The access key. Default empty: what AWS SDKs find in the environment, a profile or the instance's role.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>How many bytes of texts that were read are kept on the local disk. Default 4 GiB.</summary>
    [Range(0L, 1L << 44)]
    public long CacheBytes { get; set; } = 4L << 30;
}

[OptionsValidator]
internal sealed partial class S3BlobOptionsValidator : IValidateOptions<S3BlobOptions>;
