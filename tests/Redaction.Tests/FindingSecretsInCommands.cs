namespace FaultMaven.Redaction.Tests;

/// <summary>A secret where a program, a statement or a call takes it without naming it.</summary>
public sealed class FindingSecretsInCommands
{
    [Theory]
    [InlineData("sshpass -pZt7-made-up ssh host", "sshpass -p<PASSWORD_1> ssh host")]
    [InlineData("7z x -pZt7-made-up x.7z", "7z x -p<PASSWORD_1> x.7z")]
    [InlineData("xfreerdp /u:ada /p:Zt7-made-up /v:host", "xfreerdp /u:ada /p:<PASSWORD_1> /v:host")]
    [InlineData("docker login -u ada -p Zt7-made-up registry", "docker login -u ada -p <PASSWORD_1> registry")]
    [InlineData("mongosh -u app -p Zt7-made-up", "mongosh -u app -p <PASSWORD_1>")]
    [InlineData("redis-cli -h cache -a Zt7-made-up ping", "redis-cli -h cache -a <PASSWORD_1> ping")]
    [InlineData("ldapsearch -x -D cn=app -w Zt7-made-up", "ldapsearch -x -D cn=app -w <PASSWORD_1>")]
    [InlineData("sqlcmd -S db -U app -P Zt7-made-up -Q x", "sqlcmd -S db -U app -P <PASSWORD_1> -Q x")]
    [InlineData("unzip -P Zt7-made-up x.zip", "unzip -P <PASSWORD_1> x.zip")]
    [InlineData("mosquitto_pub -u app -P Zt7-made-up -t x", "mosquitto_pub -u app -P <PASSWORD_1> -t x")]
    [InlineData("snmpget -v2c -c Zt7-made-up switch-7", "snmpget -v2c -c <PASSWORD_1> switch-7")]
    [InlineData("smbclient //nas/share -U ada%Zt7-made-up", "smbclient //nas/share -U ada%<PASSWORD_1>")]
    [InlineData("lftp -u ada,Zt7-made-up host", "lftp -u ada,<PASSWORD_1> host")]
    [InlineData("curl --user \"ada:Zt7-made-up\" host", "curl --user \"ada:<PASSWORD_1>\" host")]
    [InlineData("curl -sS -u ada:Zt7-made-up host", "curl -sS -u ada:<PASSWORD_1> host")]
    [InlineData("curl --proxy-user ada:Zt7-made-up host", "curl --proxy-user ada:<PASSWORD_1> host")]
    [InlineData("exec [\"curl\", \"-u\", \"ada:Zt7-made-up\", \"host\"]", "exec [\"curl\", \"-u\", \"ada:<PASSWORD_1>\", \"host\"]")]
    [InlineData("http -a ada:Zt7-made-up GET host", "http -a ada:<PASSWORD_1> GET host")]
    [InlineData("ConvertTo-SecureString -AsPlainText -Force \"Zt7-made-up\"",
        "ConvertTo-SecureString -AsPlainText -Force \"<PASSWORD_1>\"")]
    [InlineData("ConvertTo-SecureString \"Zt7-made-up\" -AsPlainText", "ConvertTo-SecureString \"<PASSWORD_1>\" -AsPlainText")]
    [InlineData("openssl enc -aes-256-cbc -pass pass:Zt7-made-up -in x", "openssl enc -aes-256-cbc -pass <SECRET_1> -in x")]
    [InlineData("openssl rsa -passin \"pass:Zt7-made-up\"", "openssl rsa -passin \"<PASSWORD_1>\"")]
    [InlineData("rabbitmqctl add_user ada Zt7-made-up", "rabbitmqctl add_user ada <PASSWORD_1>")]
    [InlineData("net user ada Zt7-made-up /add", "net user ada <PASSWORD_1> /add")]
    [InlineData("htpasswd -b file ada Zt7-made-up", "htpasswd -b file ada <PASSWORD_1>")]
    [InlineData("vault login Zt7madeUp000Qw9xK2", "vault login <PASSWORD_1>")]
    [InlineData("isql DSN app Zt7-made-up", "isql DSN app <PASSWORD_1>")]
    [InlineData("sqlplus app/Zt7-made-up@db", "sqlplus app/<PASSWORD_1>@db")]
    [InlineData("impdp app/Zt7-made-up@db full=y", "impdp app/<PASSWORD_1>@db full=y")]
    [InlineData("echo Zt7-made-up | docker login -u ada --password-stdin", "echo <PASSWORD_1> | docker login -u ada --password-stdin")]
    [InlineData("echo \"Zt7-made-up\" | sudo -S ls", "echo \"<PASSWORD_1>\" | sudo -S ls")]
    [InlineData("echo \"ada:Zt7-made-up\" | chpasswd", "echo \"ada:<PASSWORD_1>\" | chpasswd")]
    [InlineData("CREATE USER app IDENTIFIED BY 'Zt7-made-up'", "CREATE USER app IDENTIFIED BY '<PASSWORD_1>'")]
    [InlineData("ALTER ROLE app WITH ENCRYPTED PASSWORD 'Zt7-made-up';", "ALTER ROLE app WITH ENCRYPTED PASSWORD '<PASSWORD_1>';")]
    [InlineData("CREATE USER app WITH PASSWORD 'Zt7-made-up'", "CREATE USER app WITH PASSWORD '<PASSWORD_1>'")]
    [InlineData("SET PASSWORD FOR app = PASSWORD('Zt7-made-up')", "SET PASSWORD FOR app = PASSWORD('<PASSWORD_1>')")]
    [InlineData("snmp-server community Zt7-made-up RO", "snmp-server community <PASSWORD_1> RO")]
    [InlineData("auth=(\"ada\", \"Zt7-made-up\")", "auth=(\"ada\", \"<PASSWORD_1>\")")]
    [InlineData("requests.get(url, auth=HTTPBasicAuth(\"ada\", \"Zt7-made-up\"))",
        "requests.get(url, auth=HTTPBasicAuth(\"ada\", \"<PASSWORD_1>\"))")]
    [InlineData("new NetworkCredential(\"ada\", \"Zt7-made-up\")", "new NetworkCredential(\"ada\", \"<PASSWORD_1>\")")]
    [InlineData("new PasswordAuthentication(\"ada\", \"Zt7-made-up\".toCharArray())",
        "new PasswordAuthentication(\"ada\", \"<PASSWORD_1>\".toCharArray())")]
    [InlineData("DriverManager.getConnection(url, \"ada\", \"Zt7-made-up\")",
        "DriverManager.getConnection(url, \"ada\", \"<PASSWORD_1>\")")]
    [InlineData("smtp.PlainAuth(\"\", \"ada\", \"Zt7-made-up\", host)", "smtp.PlainAuth(\"\", \"ada\", \"<PASSWORD_1>\", host)")]
    [InlineData("kubectl create secret generic x --from-literal=token=Zt7madeUp000Qw9xK2",
        "kubectl create secret generic x --from-literal=token=<AUTHORIZATION_1>")]
    [InlineData("helm install x --set auth.password=Zt7-made-up", "helm install x --set auth.password=<PASSWORD_1>")]
    [InlineData("aws configure set aws_secret_access_key Zt7madeUp000Qw9xK2Xk29vQ7rTmB4nW8zLp",
        "aws configure set aws_secret_access_key <SECRET_1>")]
    [InlineData("psql \"host=db user=app password=Zt7-made-up dbname=x\"", "psql \"host=db user=app password=<PASSWORD_1> dbname=x\"")]
    [InlineData("keytool -storepass Zt7-made-up -keypass Zt7-made-up", "keytool -storepass <PASSWORD_1> -keypass <PASSWORD_1>")]
    [InlineData("gpg --batch --passphrase Zt7-made-up x", "gpg --batch --passphrase <PASSWORD_1> x")]
    [InlineData("wget --http-password=Zt7-made-up host", "wget --http-password=<PASSWORD_1> host")]
    [InlineData("msbuild /p:DbPassword=Zt7-made-up", "msbuild /p:DbPassword=<PASSWORD_1>")]
    [InlineData("java -Ddb.password=Zt7-made-up -jar x.jar", "java -Ddb.password=<PASSWORD_1> -jar x.jar")]
    public async Task Takes_the_value_and_leaves_the_command(string text, string redacted) =>
        Assert.Equal(redacted, await Redacted.Text(text));
}
