namespace FaultMaven.Redaction.Tests;

public sealed class RecognizingPersonalData
{
    [Theory]
    [InlineData("mail ada@example.com now", "mail <EMAIL_ADDRESS_1> now")]
    [InlineData("<ada.b+ops@mail.example.co>", "<<EMAIL_ADDRESS_1>>")]
    [InlineData("Phone: 0490 555 01 00", "Phone: <PHONE_NUMBER_1>")]
    [InlineData("call me at (202) 555-0143", "call me at <PHONE_NUMBER_1>")]
    [InlineData("reach us on +44 7700 900123.", "reach us on <PHONE_NUMBER_1>.")]
    [InlineData("card 4111 1111 1111 1111 refused", "card <CREDIT_CARD_1> refused")]
    [InlineData("card 378282246310005 refused", "card <CREDIT_CARD_1> refused")]
    [InlineData("IBAN GB82 WEST 1234 5698 7654 32 unknown", "IBAN <IBAN_CODE_1> unknown")]
    [InlineData("ssn 078-05-1120 on file", "ssn <US_SSN_1> on file")]
    [InlineData("taxpayer 912-70-1234", "taxpayer <US_ITIN_1>")]
    [InlineData("from 10.20.30.40:51234 to 192.168.0.0/16", "from <IP_ADDRESS_1>:51234 to <IP_ADDRESS_2>/16")]
    [InlineData("listening on [2001:db8::17]:8080", "listening on [<IP_ADDRESS_1>]:8080")]
    [InlineData("lease for 02:00:5e:10:00:7f", "lease for <MAC_ADDRESS_1>")]
    [InlineData("See my page https://www.ada-made-up.org/about for more", "See my page <URL_1>/about for more")]
    [InlineData("Dear Mrs. Lovelace, thank you", "Dear Mrs. <PERSON_1>, thank you")]
    [InlineData("My name is Ada", "My name is <PERSON_1>")]
    [InlineData("We spoke with Charlotte Maria Byron about it", "We spoke with <PERSON_1> about it")]
    [InlineData("sshd[17]: Failed password for invalid user ada from 10.20.30.40",
        "sshd[17]: Failed password for invalid user <USERNAME_1> from <IP_ADDRESS_1>")]
    [InlineData("open /home/ada/.ssh/config: denied", "open /home/<USERNAME_1>/.ssh/config: denied")]
    [InlineData(@"open C:\Users\ada\app.log", @"open C:\Users\<USERNAME_1>\app.log")]
    public async Task Takes_the_value_and_leaves_its_surroundings(string text, string redacted) =>
        Assert.Equal(redacted, await Redacted.Text(text));

    [Theory]
    [InlineData("card 4111 1111 1111 1112 refused")]
    [InlineData("IBAN GB83 WEST 1234 5698 7654 32 unknown")]
    [InlineData("ssn 000-05-1120 and 666-05-1120 and 078-00-1120")]
    public void Needs_check_digits_and_ranges_to_hold(string text) => Assert.Empty(Redacted.Findings(text));
}
