namespace FaultMaven.Redaction.Tests;

/// <summary>A secret inside text that was encoded to base64 or for a URL, and in the keys of JSON.</summary>
public sealed class FindingEncodedSecrets
{
    [Theory]
    [InlineData("payload cGFzc3dvcmQ9WnQ3LW1hZGUtdXA= end", "payload cGFzc3dvcmQ9<PASSWORD_1> end")]
    [InlineData("payload eHBhc3N3b3JkPVp0Ny1tYWRlLXVwIA== end", "payload eHBhc3N3b3JkP<PASSWORD_1>IA== end")]
    [InlineData("payload eHlwYXNzd29yZD1adDctbWFkZS11cCA= end", "payload eHlwYXNzd29yZD<PASSWORD_1>A= end")]
    [InlineData("payload=dXNlcj1hZGEmcGFzc3dvcmQ9WnQ3LW1hZGUtdXA", "payload=dXNlcj1hZGEmcGFzc3dvcmQ9<PASSWORD_1>")]
    [InlineData("\"data\":\"ImNsaWVudF9zZWNyZXQiOiJadDdtYWRlVXAwMDBRdzl4SzIi\"", "\"data\":\"ImNsaWVudF9zZWNyZXQiOi<SECRET_1>i\"")]
    [InlineData("body cG9zdGdyZXM6Ly9hcHA6WnQ3LW1hZGUtdXBAZGIvc2hvcA==", "body cG9zdGdyZXM6Ly9hcHA6<PASSWORD_1>AZGIvc2hvcA==")]
    [InlineData("QXV0aG9yaXphdGlvbjogQmVhcmVyIFp0N21hZGVVcDAwMFF3OXhLMg==", "QXV0aG9yaXphdGlvbjogQmVhcmVyI<AUTHORIZATION_1>")]
    [InlineData("k: bG9naW4gd2l0aCBBS0lBTUFERVVQRVhBTVBMRTAwMCBub3c=", "k: bG9naW4gd2l0aC<AWS_ACCESS_KEY_1>Bub3c=")]
    [InlineData(
        "data:\nIyBhIGNvbmZpZ3VyYXRpb24gdGhhdCBpcyBsb25nIGVub3VnaCB0byBiZSB3cml0dGVuIGluIGxp\nbmVzCnVzZXI9YWRhCnBhc3N3b3JkPVp0Ny1tYWRl"
        + "LXVwCmhvc3Q9ZGItcHJpbWFyeS0wCg==\nlevel: error",
        "data:\nIyBhIGNvbmZpZ3VyYXRpb24gdGhhdCBpcyBsb25nIGVub3VnaCB0byBiZSB3cml0dGVuIGluIGxp\nbmVzCnVzZXI9YWRhCnBhc3N3b3JkP<PASSWORD_1"
        + ">Cmhvc3Q9ZGItcHJpbWFyeS0wCg==\nlevel: error")]
    [InlineData("GET /cb?user%3Dada%26password%3DZt7-made-up%26x%3D1 HTTP/1.1",
        "GET /cb?user%3Dada%26password%3D<PASSWORD_1>%26x%3D1 HTTP/1.1")]
    [InlineData("q=curl%20-u%20ada%3AZt7-made-up%20host", "q=curl%20-u%20ada%3A<PASSWORD_1>%20host")]
    [InlineData("x Cookie%3A%20a%3Db%3B%20sessionid%3DZt7madeUp000Qw9x%3B%20c%3Dd y",
        "x Cookie%3A%20a%3Db%3B%20sessionid%3D<SESSION_ID_1>%3B%20c%3Dd y")]
    [InlineData("%3Cpassword%3EZt7-made-up%3C%2Fpassword%3E", "%3Cpassword%3E<PASSWORD_1>")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MadeUpMadeUpMadeUp0000\",\"d\":\"MadeUpMadeUpMadeUp1111\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MadeUpMadeUpMadeUp0000\",\"d\":\"<PRIVATE_KEY_1>\"}")]
    [InlineData("eyJrdHkiOiJFQyIsImNydiI6IlAtMjU2IiwieCI6Ik1hZGVVcE1hZGVVcE1hZGVVcDAwMDAiLCJkIjoiTWFkZVVwTWFkZVVwTWFkZVVwMTExMSJ9",
        "eyJrdHkiOiJFQyIsImNydiI6IlAtMjU2IiwieCI6Ik1hZGVVcE1hZGVVcE1hZGVVcDAwMDAiLCJkIjoi<PRIVATE_KEY_1>J9")]
    [InlineData("payload Y0dGemMzZHZjbVE5V25RM0xXMWhaR1V0ZFhBPQ== end", "payload Y0dGemMzZHZjbVE5<PASSWORD_1> end")]
    [InlineData("x=Ym9keTogZEc5clpXNDZJRnAwTjIxaFpHVlZjREF3TUZGM09YaExNZz09IHg=", "x=Ym9keTogZEc5clpXNDZJ<SECRET_1>IHg=")]
    [InlineData("{\"d\":\"cGFzc3dvcmQ9WnR\\u002BNy1tYWRlP3Vw\"}", "{\"d\":\"cGFzc3dvcmQ9<PASSWORD_1>\"}")]
    [InlineData("GET /cb?body=cGFzc3dvcmQ9WnQ3LW1hZGUtdXA%3D&x=1", "GET /cb?body=cGFzc3dvcmQ9<PASSWORD_1>&x=1")]
    public async Task Takes_what_encodes_the_value(string text, string redacted) => Assert.Equal(redacted, await Redacted.Text(text));

    [Theory]
    [InlineData("payload 70617373776f72643d5a74372d6d6164652d7570 end", "payload 70617373776f72643d<PASSWORD_1> end")]
    [InlineData("0x70617373776f72643d5a74372d6d6164652d7570", "0x70617373776f72643d<PASSWORD_1>")]
    [InlineData("blob=777269746520746F20616461406578616D706C652E636F6D206E6F77", "blob=777269746520746F20<EMAIL_ADDRESS_1>206E6F77")]
    [InlineData(
        "{\"msg\":\"\\u0070\\u0061\\u0073\\u0073\\u0077\\u006f\\u0072\\u0064\\u003d\\u005a\\u0074\\u0037\\u002d\\u006d\\u0061\\u0064\\"
        + "u0065\\u002d\\u0075\\u0070\"}", "{\"msg\":\"\\u0070\\u0061\\u0073\\u0073\\u0077\\u006f\\u0072\\u0064\\u003d<PASSWORD_1>\"}")]
    [InlineData(
        "\\u006d\\u0061\\u0069\\u006c\\u0020\\u0061\\u0064\\u0061\\u0040\\u0065\\u0078\\u0061\\u006d\\u0070\\u006c\\u0065\\u002e\\u006"
        + "3\\u006f\\u006d\\u0020\\u006e\\u006f\\u0077",
        "\\u006d\\u0061\\u0069\\u006c\\u0020<EMAIL_ADDRESS_1>\\u0020\\u006e\\u006f\\u0077")]
    [InlineData("printf \\x70\\x61\\x73\\x73\\x77\\x6f\\x72\\x64\\x3d\\x5a\\x74\\x37\\x2d\\x6d\\x61\\x64\\x65\\x2d\\x75\\x70 end",
        "printf \\x70\\x61\\x73\\x73\\x77\\x6f\\x72\\x64\\x3d<PASSWORD_1> end")]
    [InlineData("<p>ada&#64;example&#46;com</p>", "<p><EMAIL_ADDRESS_1></p>")]
    [InlineData("<p>ada&commat;example.com</p>", "<p><EMAIL_ADDRESS_1></p>")]
    [InlineData("mail &#97;&#100;&#97;&#64;&#101;&#120;&#97;&#109;&#112;&#108;&#101;&#46;&#99;&#111;&#109; now",
        "mail <EMAIL_ADDRESS_1> now")]
    [InlineData("to=YWRhQGV4YW1wbGUuY29t end", "to=<EMAIL_ADDRESS_1> end")]
    [InlineData("to: bWFpbCBhZGFAZXhhbXBsZS5jb20gbm93", "to: bWFpbC<EMAIL_ADDRESS_1>gbm93")]
    public async Task Takes_what_other_encodings_hold(string text, string redacted) => Assert.Equal(redacted, await Redacted.Text(text));

    [Theory]
    [InlineData("commit 3f786850e387550fdab836ed7e6dc881de23001b")]
    [InlineData("{\"name\":\"\\u0022quoted\\u0022 and \\u003ctag\\u003e\"}")]
    [InlineData("AT&#38;T said &#8220;fine&#8221;")]
    [InlineData("key 6b65793d76616c75652c206e6f7468696e6720656c7365")]
    public async Task Leaves_what_holds_no_value(string text) => Assert.Equal(text, await Redacted.Text(text));
}
