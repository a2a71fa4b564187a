using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Store;

/// <summary>
/// Texts as objects of an S3-compatible store: <c>{prefix}{tenant}/{case}/{sha256}.{evidence}</c>. What is read of them is cached on the
/// local disk.
/// </summary>
internal sealed class S3BlobStore : IBlobStore, IDisposable
{
    private const string ContentType = "text/plain; charset=utf-8";

    /// <summary>S3 takes 5 GiB in one request; more comes in parts.</summary>
    private const long MaxBytesAtOnce = 5L << 30;

    private readonly S3BlobOptions _options;
    private readonly BlobCache _cache;
    private readonly AmazonS3Client _client;

    public S3BlobStore(IOptions<S3BlobOptions> options, BlobCache cache)
    {
        _options = options.Value;
        _cache = cache;

        // Checksums only where S3 demands them: other stores don't know the newer ones that the SDK would add.
        var config = new AmazonS3Config
        {
            ForcePathStyle = _options.ForcePathStyle,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };

        if (_options.ServiceUrl is { } url)
        {
            (config.ServiceURL, config.AuthenticationRegion) = (url.AbsoluteUri, _options.Region);
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(_options.Region);
        }

        _client = _options.AccessKey.Length == 0
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(_options.AccessKey, _options.SecretKey), config);
    }

    public Task AdoptAsync(string path, EvidenceName name, string sha256, CancellationToken cancellationToken) => Translate(async () =>
    {
        if (new FileInfo(path).Length > MaxBytesAtOnce)
        {
            using var transfer = new TransferUtility(_client);
            await transfer.UploadAsync(path, _options.Bucket, KeyOf(name, sha256), cancellationToken);

            return true;
        }

        // Chunks with a signature each are more than some stores understand.
        await _client.PutObjectAsync(
            new PutObjectRequest { BucketName = _options.Bucket, Key = KeyOf(name, sha256), FilePath = path, ContentType = ContentType,
                UseChunkEncoding = false },
            cancellationToken);

        return true;
    });

    public async ValueTask<Stream?> TryOpenReadAsync(EvidenceName name, string sha256, CancellationToken cancellationToken)
    {
        if (sha256.Length == 0)
        {
            return null;
        }

        return _cache.TryOpen(name, sha256) ?? await Translate(async () =>
        {
            try
            {
                using var answer = await _client.GetObjectAsync(_options.Bucket, KeyOf(name, sha256), cancellationToken);

                return await _cache.AddAsync(name, sha256, answer.ResponseStream, cancellationToken);
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.NotFound)
            {
                return null;
            }
        });
    }

    public Task DeleteAsync(EvidenceName name, string sha256, CancellationToken cancellationToken) => Translate(async () =>
    {
        _cache.Remove(name, sha256);
        await _client.DeleteObjectAsync(_options.Bucket, KeyOf(name, sha256), cancellationToken);

        return true;
    });

    public async Task<long> DeleteTenantAsync(string tenant, CancellationToken cancellationToken)
    {
        _cache.RemoveTenant(tenant);
        var count = 0L;

        await foreach (var found in ListObjectsAsync($"{_options.Prefix}{TenantPath.Of(tenant)}/", cancellationToken))
        {
            await Translate(async () => await _client.DeleteObjectAsync(_options.Bucket, found.Key, cancellationToken));
            count++;
        }

        return count;
    }

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in ListObjectsAsync(_options.Prefix, cancellationToken))
        {
            if (StoredBlob.Parse(found.Key[_options.Prefix.Length..], found.LastModified?.ToUniversalTime()
                ?? DateTimeOffset.MaxValue) is { } blob)
            {
                yield return blob;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async IAsyncEnumerable<S3Object> ListObjectsAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = prefix };

        do
        {
            var page = await Translate(() => _client.ListObjectsV2Async(request, cancellationToken));

            foreach (var found in page.S3Objects ?? [])
            {
                yield return found;
            }

            request.ContinuationToken = page.IsTruncated is true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private static async Task<T> Translate<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw new StoreUnavailableException("blobs", "The evidence store is unavailable; retry.", exception);
        }
    }

    private string KeyOf(EvidenceName name, string sha256) => $"{_options.Prefix}{StoredBlob.PathOf(name, sha256)}";
}
