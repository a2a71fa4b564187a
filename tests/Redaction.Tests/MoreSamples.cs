namespace FaultMaven.Redaction.Tests;

/// <summary>
/// Samples of every form that recognisers know and of what is nearly one, beside those of the other tests. All values are made up.
/// </summary>
internal static class MoreSamples
{
    public static IReadOnlyList<string> All { get; } =
    [
        // Private keys, whole, cut and encoded.
        "-----BEGIN PRIVATE KEY-----\nMadeUpForTestsOnly0MadeUpForTestsOnly1MadeUpForTestsOnly2MadeUpF\nMadeUpForTestsOnly0MadeUpForTe"
        + "stsOnly1Ma==\n-----END PRIVATE KEY-----\nnext",
        "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMadeUpForTestsOnly0MadeUpForTestsOnly1MadeUpForTestsOnly2MadeUpF\nM"
        + "adeUpFo\n2026-03-01 INFO up",
        "key \"-----BEGIN PRIVATE KEY-----\\nMadeUpForTestsOnly0MadeUpForTest\\nMadeUpForTestsOnly0M\\n-----END PRIVATE KEY-----\\n\"",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMadeUpForTestsOnly0MadeUpForTest\n-----BEGIN PRIVATE "
        + "KEY-----\nMadeUpForTestsOnly0MadeUpForTest\n-----END PRIVATE KEY",
        "-----BEGIN CERTIFICATE-----\nMadeUpForTestsOnly0MadeUpForTest\n-----END CERTIFICATE-----",
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: made up\nMadeUpForTestsOnly0MadeUpForTestsOnly1Ma\n---- END SSH2 "
        + "ENCRYPTED PRIVATE KEY ----\nnext",
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nMadeUpForTestsOnly0MadeUpForTestsOnly1Ma\nnext line",
        "PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 1\nMadeUpForTestsOnly0M\nPrivate-Lines: "
        + "1\nMadeUpForTestsOnly0MadeU\nPrivate-MAC: 0123456789abcdef0123456789abcdef\nnext",
        "PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 2\nMadeUpForTestsOnly0MadeU\nMadeUpForTestsOnly0M\nnext line",
        "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUMadeUpForTestsOnly0M\nMadeUpForTestsOnly0MadeUpForTe\nnext",
        "data LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCm1hZGUtdXAtZm9yLXRlc3RzLW9ubHktbWFkZS11cAo= end",
        "data LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCm1hZGUtdXAtZm9yLXRlc3RzLW9ubHktbWFkZS11cAo= end",
        "k MIIEpAIBAAKCbWFkZS11cC1mb3ItdGVzdHMtb25seS1tYWRlLXVwLWZvci10 x",
        "k MC4CAQAwBQZtYWRlLXVwLWZvci10ZXN0cy1vbmx5LW1hZGUtdXAtZm9yLXRl x",
        "k MHQCAQEEIG1hZGUtdXAtZm9yLXRlc3RzLW9ubHktbWFkZS11cC1mb3ItdGVz x",
        "k MIGHAgEAMBNtYWRlLXVwLWZvci10ZXN0cy1vbmx5LW1hZGUtdXAtZm9yLXRl x",
        "k MIIBIjANBgltYWRlLXVwLWZvci10ZXN0cy1vbmx5LW1hZGUtdXAtZm9yLXRl x",
        "k MHQCAQEFIG1hZGUtdXAtZm9yLXRlc3RzLW9ubHktbWFkZS11cC1mb3ItdGVz x",

        // Headers.
        "Authorization: Digest username=\"ada\", realm=\"x\", nonce=\"madeUp0000\", uri=\"/\", cnonce=\"madeUp1\", response=\"madeUp2222\"",
        "Authorization: AWS4-HMAC-SHA256 Credential=made/up, SignedHeaders=host, "
        + "Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "authorization: Hawk id=\"made\", ts=\"1\", nonce=\"Zt7up\", mac=\"Zt7madeUp=\"",
        "Authorization: Signature keyId=\"x\",Signature=\"Zt7madeUp0\"",
        "Authorization: Token token=Zt7madeUp000", "Authorization: SSWS Zt7madeUp000", "authorization=Bearer%20Zt7madeUp000&x",
        "Authorization: Bearer+Zt7madeUp000",
        "Authorization: Zt7madeUp000Qw9xK2", "Authorization: madeUpmadeUpmadeUpmadeUpmadeUpmade", "bearer Zt7madeUp000Qw9xK2.",
        "Bearer token is missing",
        "basic YWRhOlp0Ny1tYWRlLXVw ok", "basic YWRhLW1hZGUtdXAtZm9yLWFsbA== ok", "GenieKey 00000000-1111-2222-3333-madeupmadeup",
        "Negotiate MadeUpForTestsOnly0MadeUpForTestsOnly1Ma==", "NTLM MadeUpForTestsOnly0MadeUpForTestsOnly1Ma",
        "Splunk MadeUpForTestsOnly0MadeUpForTe x",
        "x?token=MadeUpForTestsOnly0M&y=1", "Authorization: 'Basic YWRhOlp0Ny1tYWRl'",
        "Cookie: a=b; theme=\"dark\"; auth_token=Zt7madeUp; Zt7=Qw9xK2Zt7madeUp0",
        "Set-Cookie: [remember_me=Zt7made; Path=/; Secure]", "cookie = sid=Zt7mad, x=1", "GET /x;JSESSIONID=0123456789MADEUP0 HTTP/1.1",
        "sessionid=0x25a0123456b0007",
        "PHPSESSID=madeup0madeup0madeup0; x", "laravel_session=MadeUpForTestsOnly0MadeU",

        // Addresses with credentials.
        "https://Zt7madeUp000Qw9xK2@git.example.com/x", "https://madeupmadeupmadeupma@git.example.com/x", "https://ada@git.example.com/x",
        "u=https%3A%2F%2Fada%3AZt7-made%40db%2Fx", "u=https%3a%2f%2fada:Zt7-made%40db", "ftp://ada:Zt7@made@host/x",
        "mongodb+srv://app:Zt7%40made@cluster/x?y=a@b",
        "http://proxy:8080/a@b", "http://h:12345/a:b@c", "http://h:123456/b@c", "amqp://:Zt7-made-up@mq", "postgres://app:@db/x",
        "postgres://app:${PW}@db/x",
        "dsn ada:Zt7-made-up@unix(/tmp/x.sock)/shop", "ada:@tcp(db)/x", "jdbc:oracle:thin:app/Zt7#made@//db:1521/shop",
        "redis://app:Zt7/made?up@cache", "https://x?y=a:b@c",

        // Keys with a mark inside.
        "c mad0Q~MadeUpForTestsOnly0MadeUpForTes x", "c mad0Q~MadeUpForTestsOnly0MadeUpForTestsO.",
        "\\nmad0Q~MadeUpForTestsOnly0MadeUpForTests",
        "%3Dmad0Q~MadeUpForTestsOnly0MadeUpForTests", "c madeQ~MadeUpForTestsOnly0MadeUpForTests",
        "k MadeUpForTestsOnly0MadeUpForTestsOnly1MadeUpForTestsJQQJ99MadeUpForTestsOnly0MadeUpF x",
        "MadeUpForTests.atlasv1.MadeUpForTestsOnly0MadeUpForTestsOnly1MadeUpForTestsOnly2Mad x",
        "t 00000000:AAMadeUpForTestsOnly0MadeUpForTests x",
        "k 0123456789abcdef0123456789abcdef-us7 x", "k 0123456789abcdef0123456789abcdef-us17x",
        "https://made.blob.example/x?sv=2024-11-04&sig=MadeUpForTestsOnly0MadeUpForTestsOnly1MadeU%3D&se=1",
        "sig=MadeUpForTestsOnly0MadeUpForTestsOnly1Ma",
        "MTMadeUpForTestsOnly0Mad.MadeUp.MadeUpForTestsOnly0MadeUpFo x",
        "NTMadeUpForTestsOnly0MadeU.MadeUp.MadeUpForTestsOnly0MadeUpForTestsOnly1",
        "00D000000000MADE!AMadeUpForTestsOnly0MadeUpForTestsOnly1MadeUp x",
        "fcm MadeUpForTe:APA91bMadeUpForTestsOnly0MadeUpForTestsOnly1MadeUpForTestsOnly2MadeUpForTestsOnly3MadeUpForTestsMadeUpForTest"
        + "sOnly0MadeUpForTestsOnly1MadeUp x",
        "k MadeUpForTestsOnly0MadeUpForTestsOnly1MadeUpForTestsOnly2MadMadeUpForTestsOn+AStMadeUp== x",
        "k MadeUpForTestsOnly0MadeUpForTestsOnly1MadeUpAzFuMadeUp==",
        "j MTIzNDU2Nzg5Om1hZGV1cG1hZGV1cG1hZGV1cG1hZGUh x",

        // Tokens.
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYWRlLXVwIn0.c2ln x", "eyJhbGciOiJub25lIn0.eyJzdWIi", "eyJhbGciOiJIUzI1NiIs x",
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJI.a",
        "eyJmYWxzZSI6MX0.eyJzdWIiOiJt", "eyJhbGciOiJkaXIiLCJlbmMi.a.b.c.d.e", "{\"kty\":\"oct\",\"k\":\"MadeUpMadeUpMade\"}",
        "{\"d\":\"MadeUpMadeUpMadeUp\",\"kty\":\"RSA\",\"e\":\"AQAB\"}",
        "{\"kty\":\"RSA\",\"p\":\"MadeUpMadeUpMad\",\"q\":\"MadeUpMadeUpMadeUp\"}",
        "{\"d\":\"MadeUpMadeUpMadeUp\"}",

        // Cards.
        "paid 4000000000006 ok", "paid 4000000000000000006 ok", "paid 5100000000000008 ok", "paid 2221000000000009 ok",
        "paid 340000000000009 ok", "paid 6011000000000004 ok",
        "paid 6440000000000000002 ok", "paid 62000000000000000 ok", "paid 3528000000000007 ok", "paid 180000000000002 ok",
        "paid 213100000000001 ok", "paid 30000000000004 ok",
        "paid 36000000000008 ok", "paid 3800000000000006 ok", "paid 5018000000007 ok", "paid 6304000000000000000 ok",
        "paid 6759000000000000 ok", "paid 9000000000000001 ok",
        "paid 4000 0000 0000 0002 ok", "paid 5100 0000 0000 0008 ok", "paid 3700-000000-00002.", "cc=4000000000000002",
        "id=4000000000000002", "card_number: 4000000000000002,",
        "(4000000000000002)", "4111 1111 1111 1111 4012 8888 8888 1881", "credit card 9000 0000 0000 0001", "x.4111111111111111",
        "4111111111111111.5", "4111-1111 1111-1111",

        // Numbers of people.
        "078-05-1120", "078 05 1120", "social security 078 05 1120 x", "899-99-9999-1", "900-70-1234", "950-50-1234", "999-65-0001",
        "999-66-0001", "999-92-0001", "999-93-0001",
        "001-01-0001.5", "GB82WEST12345698765432", "DE89 3704 0044 0532 0130 00.", "iban NL91ABNA0417164300 x",
        "FR1420041010050500013M02606", "passport number is AB1234567, x",
        "Reisepass C01X00T47", "driver's license: 12345678", "drivers license A1234-56789-01234", "passport A12-3456",

        // Telephones.
        "call 202-555-0143 now", "1-202-555-0143", "(202)555-0143", "(202) 555-0143 x45", "102-555-0143", "202-155-0143", "+442079460000",
        "+44 (0) 20 7946 0000",
        "+1 202.555.0143 ext. 12", "+0200 12345678", "+12345678", "tel 0711 / 123 456", "mobile: 0151-2345678", "fax 2026-11-22",
        "phone 10.20.30.40", "phone 22/11/2026",
        "please call 085 175 7641 today", "ring me: 085-175-7641", "085 175 7641 office", "we have 085 175 7641-Fax", "call 0851757641",
        "phone 085175", "phone 123456789012345678",
        "(0)151 2345678 phone", "tel:+49(151)2345678", "phone 1.5 0851 757641 10.20.30.40", "INFO call 085 175 7641",
        "+1 (202) 555-0143x4587", "tel 2005.06.13 1118709403",

        // Mail.
        "a@b.co", "ada@example.com.", "%20ada%40example.com", "x=%61%64a@example.com", "\\nada@example.com", "\\n@example.com",
        "ada%2Bx@example.com", "_ada_@example.com",
        "ada@example", "ada@-example.com", "ada@example..com", "ada@example.c1", "ada@example.com-", "ssh://ada@example.com/x",
        "git@example.com:x", "ada@exa_mple.com",
        "ada@mail.example.service", "zoë@exämple.de", "ada%40example.com&x=1",

        // Sites.
        "see https://ada-made-up.org/x", "see http://www.blog.ada-made-up.org", "see www.ada-made-up.org!", "see https://shop.co.example",
        "see https://ada.co.uk/",
        "see https://api.ada-made-up.org", "see https://ada-made-up.org:8080", "see https://x@ada-made-up.org", "see https://github.com/x",
        "see https://www.github.com",
        "see https://notgithub.com", "see https://db.local", "INFO see https://ada-made-up.org", "see https://ada-made-up.o",
        "see https://10.20.30.40/",
        "see//www.ada-made-up.org",

        // Networks.
        "10.20.30.40", "256.20.30.40", "10.20.30.400", "1.10.20.30.40", "10.20.30.40.5", "v10.20.30.40", "version 10.20.30.40",
        "10.20.30.40/24", "10.20.30.40:80",
        "127.0.0.1 0.0.0.0 255.255.255.255", "010.20.30.40", "10.20.30", "2001:db8::17", "::ffff:10.20.30.40", "fe80::1%eth0",
        "2001:db8:0:0:0:0:0:17", "2001:db8:1:2:3:4:5:6:7",
        "1::2::3", "::1", "[2001:db8::1]:80", "10:15:02", "2001:db8::g", "2001:db8::10.20.30.40x", "02:00:5e:10:00:7f",
        "02-00-5e-10-00-7f", "0200.5e10.007f",
        "02:00:5e:10:00:7f:11", "02:00:5e:10:00-7f", "00:00:00:00:00:00", "host=web-17", "\"host\":\"web-17\"", "hostname: web-17.",
        "db-1.shop.internal:80",
        "x@db-1.shop.internal", "java.io", "db..shop.com", "db.shop.com.au", "db.shop.com_x", "-db.shop.io-",

        // People.
        "Dear Ada Lovelace,", "Dear Mr. van der Berg", "Mr Quast said", "Mrs. Ada Byron-Quast is", "my name is Ada B.",
        "From: Ada Lovelace", "From: Quirina <q@x>",
        "named Ada van Byron today", "Charlotte of York", "Ada, Charlotte and Grace met", "by Ada; Charlotte", "we met Xaver K. Obermann",
        "met Xaver K Obermann again",
        "Phase B Rollout starts", "I told Tordis Halvorssen why", "Tordis Halvorssen/x", "Tordis Halvorssen.run",
        "Then Quirina Weber lives at sea", "quirina lives at sea",
        "Charlotte's pager", "the Charlottes of", "user=ada", "user='Ada Lovelace'", "user: \"ada.b\",", "login=ada@host",
        "for user ada from x", "for user ada failed",
        "for user ada then", "logged in as ada", "/home/ada/x", "/home/ada", "C:\\Users\\ada\\x", "/Users/Shared/x", "user=$ada",
        "user=root", "username=a", "user=ada(1)",
        "USER=Ada-", "Regards,\nAda", "approved by Ada", "approved by Ada Quast", "Hi Ada!", "Dear NullPointer", "Dear ADA", "Dear O'Brien",

        // Names and values.
        "key=Zt7madeUp000Qw9xK2", "key: aB3dE6gH", "auth=aB3dE6gH9", "api_key = 'madeup7!x' # x", "token=madeup7", "token=abcdef",
        "secret: cart-db-7", "secret=my-app-name-x7f2k",
        "token=0xDEADBEEF00", "password=abc", "password=ab", "password=\"a b\"", "password=\"please enter it\"",
        "password=\"one two three four five\"", "password=getPassword()",
        "password=config.get", "password=passwords[0]", "password=Token{a64f", "password=io.example.Proxy@2bd79ce", "password=user.name",
        "password=dbPassword",
        "password=${VAR:-x}", "password={{ x }}", "password=%s", "password=%(x)s", "password=#{x}", "password=<none>", "password=@x@",
        "password=$VAR", "password=[x]",
        "password={x}", "password=****", "password=aaaa", "password=yourpass", "password=xxxxxx", "password=ab****cd", "password: hunter2",
        "password: please enter",
        "password:hunter two", "token: expired at noon", "pwd=/srv/shop", "OLDPWD=~", "pwd=srv", "password=Zt7|x=1", "password=Zt7&user=x",
        "password=Zt7,user: z",
        "password=Zt7,x", "password=Zt7&", "password%3DZt7-made%26x%3D1", "password%3DZt7-made&x", "password=(Zt7made)",
        "password=Zt7made)]", "password=[Zt7made",
        "password='Zt7made' x", "password='Zt7\\'made' x", "password='Zt7\nx", "password=\"\"\"Zt7 made\"\"\"",
        "password = ['Zt7made', 'Zt8made'] x",
        "password=<![CDATA[Zt7 made]]> x", "password=\\\"Zt7made\\\" x", "password=&quot;Zt7made&quot; x", "password=%22Zt7made%22 x",
        "password=\\u0022Zt7made\\u0022 x",
        "password='\\''Zt7made'\\'' x", "\"\"password\"\":\"\"Zt7made\"\",x", "{\"password\":\"\"}", "setPassword(\"Zt7made\")",
        "password(Zt7made)",
        "f(\"password\", \"Zt7made\")", "f('password','Zt7made'): x", "f(password, \"Zt7made\")", "SET(PASSWORD, \"Zt7made\")",
        "password[32] = \"Zt7made\"",
        "**Password:** Zt7made!", "password: = Zt7made", "password{\"Zt7made\"}", "getenv(\"PASSWORD\") or \"Zt7made\"",
        "env[\"PASSWORD\"] ?? \"Zt7made\"",
        "password = get(\"x\", \"Zt7made\")", "password = f(\"x\", \"Zt7made\")", "password = env(\"x\") || \"Zt7made\"",
        "<td>Password</td><td>Zt7made0A</td>",
        "| Password | Zt7made0A |", "password is Zt7made0A.", "password was set to Zt7made0A", "--password Zt7made", "-Password Zt7made",
        "x-password Zt7made",
        "ENV PASSWORD Zt7made", "#define PASSWORD Zt7made", "requirepass Zt7made", "login ada password Zt7made",
        "enable secret 9 Zt7madeUp0Qw9", "password 0 Zt7made",
        "password:\n  Zt7made\n", "password\nZt7made0A\n", "password: >\n  Zt7made\n  more\nx", "password:\r\n  Zt7made\r\nx",
        "password = \\\n  \"Zt7made\"\n",
        "token: |-\n    Zt7madeUp0Qw9\n", "password <Zt7made>", "pass: Zt7made", "_pass=Zt7made", "api key: madeup7!x",
        "access key = madeup7!x", "x key: madeup7!x",
        "the token for orders is now MadeUpForTestsOnly0MadeUpForTests.", "token Zt7madeUp0Qw9", "token madeupmade",
        "secret: String = \"Zt7madeUp0\"",
        "Dim password As String = \"Zt7made\"", "password As Zt7made", "name: DB_PASSWORD\n  value: Zt7made",
        "{\"name\":\"password\",\"value\":\"Zt7made\"}",
        "{\"name\":\"password\",\"type\":\"x\",\"id\":1,\"value\":\"Zt7made\"}", "<property name=\"password\">Zt7made<",
        "<key>password</key>\n<string>Zt7made<",
        "<password value=\"Zt7made\"/>", "name=password value=Zt7made", "pasword=Zt7made", "passwrod=Zt7made", "psswd=Zt7made",
        "passwordx=Zt7made", "dbPasswordHash=Zt7made",
        "password_policy=strict", "tokenType=Zt7made", "PASSWORD2=Zt7made", "p4ssword=Zt7made", "<SECRET_1>=Zt7made",
        "password=<SECRET_1>", "key.password=Zt7made", "key-=Zt7made",
        "пароль Zt7made0A", "токен=Zt7madeUp0Qw9",

        // Commands.
        "mysql -u a -pZt7made db", "mysql -p Zt7made", "mysqldump -psecret", "sshpass -p Zt7made ssh", "sshpass -pZt7made",
        "curl -u ada:Zt7made x", "curl -uada:Zt7made",
        "curl -u ada x", "curl --user 'ada:Zt7made' x", "redis-cli -a Zt7made", "redis-cli -a=Zt7made", "redis-cli -a -x",
        "curl x -u \"ada:Zt7made\"",
        "[\"curl\",\"-u\",\"ada:Zt7made\"]", "['redis-cli', '-a', 'Zt7made']", "smbclient -U ada%Zt7made", "docker login -p \"Zt7made\"",
        "net user ada Zt7made0A /add",
        "vault login Zt7made0A", "sqlplus -s ada/Zt7made0A@db", "sqlplus ada@db", "htpasswd -b f ada Zt7made0A",
        "openssl x -passin pass:Zt7made", "openssl x -k pass:Zt7made",
        "x pass:Zt7made", "echo Zt7made | sudo -S x", "echo 'ada:Zt7made' | chpasswd", "echo Zt7made | cat", "echo Zt7made",
        "ConvertTo-SecureString -String \"Zt7made\" -Force",
        "ConvertTo-SecureString Zt7made0A", "7z a -pZt7made x.7z", "auth=('ada', 'Zt7made')", "auth=('ada', x)",
        "PlainAuth('', 'ada', 'Zt7made')",
        "getConnection(u, 'ada', 'Zt7made')", "identified by 'Zt7made'", "IDENTIFIED BY Zt7made;", "snmp-server community Zt7made RO",
        "curl -u ada:<SECRET_1> x",

        // Encoded.
        "x dXNlcj1hZGEgcGFzc3dvcmQ9WnQ3LW1hZGUtdXAgeD0x", "x eHBhc3N3b3JkPVp0Ny1tYWRlLXVwJnk= y", "d eHh0b2tlbjogWnQ3bWFkZVVwMFF3OXhLMg",
        "cG9zdGdyZXM6Ly9hOlp0Ny1tYWRlQGRiL3g=",
        "bWFkZSB1cCBnaHBfTWFkZVVwRm9yVGVzdHNPbmx5ME1hZGVVcEZvclRlc3RzT25s", "q=password%3DZt7-made%26x%3D1 y",
        "q=a%20secret%3A%20Zt7madeUp0%20x",
        "%22password%22%3A%22Zt7made%22%7D", "x%2Fpassword%3dZt7made",

        // Disguised, coloured, repeated.
        "pass\u200bword=Zt7\u200bmade", "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff1dZt7made", "pаssword=Zt7made",
        "паро=Zt7made", "\u001b[31mpassword=Zt7made\u001b[0m",
        "\u001b[1;31mAKIAMADEUPEXAMPLE000", "m10.20.30.40", "password=Zt7-madeUp9!x and Zt7-madeUp9!x", "password=Zt7up9!x, Zt7up9!xy",
        "password=\u201cZt7made\u201d",
        "a\u00a0password:\u00a0Zt7made", "password=Zt7\ud83d\ude00made", "<EMAIL_ADDRESS_7> <secret_1> <A_> <_1> <A_12>",
        "Bearer <AUTHORIZATION_1> x", "password=\ud83dZt7made",
        "call <PHONE_NUMBER_1>, 085 175 7641",
    ];
}
