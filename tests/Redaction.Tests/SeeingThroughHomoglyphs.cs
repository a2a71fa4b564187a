namespace FaultMaven.Redaction.Tests;

/// <summary>Characters that don't show, and letters that look like others.</summary>
public sealed class SeeingThroughHomoglyphs
{
    [Theory]
    [InlineData("pass\u200bword=Zt7-made-up", "pass\u200bword=<PASSWORD_1>")]
    [InlineData("ｐａｓｓｗｏｒｄ＝Zt7-made-up", "ｐａｓｓｗｏｒｄ＝<PASSWORD_1>")]
    [InlineData("p\u0430ssword=Zt7-made-up", "p\u0430ssword=<PASSWORD_1>")]
    [InlineData("password\u00a0=\u00a0Zt7-made-up", "password\u00a0=\u00a0<PASSWORD_1>")]
    [InlineData("password=“Zt7-made-up”", "password=“<PASSWORD_1>”")]
    [InlineData("\ufeffpassword=Zt7-made-up", "\ufeffpassword=<PASSWORD_1>")]
    [InlineData("pass\u00adword: Zt7-made-up", "pass\u00adword: <PASSWORD_1>")]
    [InlineData("password=Zt7\u200b-made\u200b-up\u200b next", "password=<PASSWORD_1>\u200b next")]
    [InlineData("密码：Zt7-made-up", "密码：<PASSWORD_1>")]
    public async Task Reads_a_name_as_it_looks(string text, string redacted) => Assert.Equal(redacted, await Redacted.Text(text));
}
