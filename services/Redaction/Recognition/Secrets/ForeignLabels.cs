namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>What people write before a password or a token in other languages, as far as it isn't one word of ASCII.</summary>
internal static class ForeignLabels
{
    private const int Tokens = 4;

    /// <summary>The labels; the first few are of tokens.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "토큰", "令牌", "トークン", "токен",
        "пароль", "кодовое слово", "密码", "密碼", "口令", "暗号", "パスワード", "비밀번호", "패스워드", "비번", "암호", "hasło", "lösenord", "adgangskode",
        "şifre", "jelszó",
        "contraseña", "mot de passe", "mật khẩu", "كلمة المرور", "كلمة السر", "סיסמה", "סיסמא", "รหัสผ่าน", "κωδικός", "palavra-passe",
    ];

    public static NameStrength Strength(string label)
    {
        for (var i = 0; i < Tokens; i++)
        {
            if (All[i] == label)
            {
                return NameStrength.Strong;
            }
        }

        return NameStrength.Password;
    }
}
