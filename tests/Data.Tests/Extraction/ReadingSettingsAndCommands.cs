using FaultMaven.Data.Analysis.Documents.Changes;
using FaultMaven.Data.Analysis.Documents.Commands;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingSettingsAndCommands
{
    [Fact]
    public void A_diff_tells_each_setting_with_what_it_was_and_is() => Analysed.Tells(
        new ConfigAnalyzer(),
        """
        --- a/app.yaml
        +++ b/app.yaml
        @@ -1,6 +1,6 @@
         database:
        -  pool_size: 40
        +  pool_size: 4
           host: db
        -  timeout: 30s
         server:
        +  port: 80800
        """,
        [
            "Warning Active config.changed file/app.yaml at 5-6",
            "Warning Active config.changed file/app.yaml at 8",
            "Warning Active config.changed file/app.yaml at 10",
            "Warning Active config.invalid setting/server.port at 10",
        ]);

    [Fact]
    public void Another_image_or_version_is_a_deployment_but_not_that_of_a_protocol() => Analysed.Tells(
        new ConfigAnalyzer(),
        """
        --- a/values.yaml
        +++ b/values.yaml
        @@ -1,6 +1,6 @@
         image:
        -  tag: 2.4.0
        +  tag: 2.5.0
         server:
        -  tls_version: 1.2
        +  tls_version: 1.3
        """,
        [
            "Warning Active config.changed file/values.yaml at 8-9",
            "Info Active deploy.changed file/values.yaml at 5-6",
        ]);

    [Fact]
    public void Values_that_cannot_be_right_are_named() => Analysed.Tells(
        new ConfigAnalyzer(),
        """
        PORT=99999
        DB_PASSWORD=CHANGEME
        TIMEOUT=30
        """,
        [
            "Warning Active config.invalid setting/PORT at 1",
            "Warning Active config.invalid setting/DB_PASSWORD at 2",
        ]);

    [Fact]
    public void A_full_file_system_is_told_and_the_others_too() => Analysed.Tells(
        new CommandOutputAnalyzer(),
        """
        Filesystem      Size  Used Avail Use% Mounted on
        /dev/sda1        50G   49G  500M  99% /
        /dev/sdb1       100G   20G   80G  20% /data
        """,
        [
            "Critical Active metric.saturated metric/file system / at 2",
            "Info Normal metric.within_bounds metric/usage at 3",
        ]);

    [Fact]
    public void A_table_of_pods_is_read_by_its_columns() => Analysed.Tells(
        new CommandOutputAnalyzer(),
        """
        NAME                    READY   STATUS             RESTARTS      AGE
        shop-6d5f7c9b88-q2wzx   0/1     CrashLoopBackOff   8 (2m ago)    26m
        shop-6d5f7c9b88-x8kpl   1/1     Running            0             26m
        """,
        [
            "Error Active pod.crash_loop pod/shop-6d5f7c9b88-q2wzx at 2",
        ]);

    [Fact]
    public void The_head_of_top_and_its_processes_are_read() => Analysed.Tells(
        new CommandOutputAnalyzer(),
        """
        top - 10:00:00 up 10 days,  1 user,  load average: 9.10, 8.20, 4.00
        %Cpu(s): 96.0 us,  2.0 sy,  0.0 ni,  1.0 id,  1.0 wa,  0.0 hi,  0.0 si
        MiB Mem :  16000.0 total,    200.0 free,  15400.0 used,    400.0 buff/cache
            PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
           4242 app       20   0   20.0g  14.9g   1000 R  398.0  93.1  99:10.10 java
        """,
        [
            "Critical Active metric.saturated metric/cpu at 2",
            "Error Active metric.saturated metric/memory at 3",
            "Error Active metric.saturated metric/process java at 5",
            "Warning Active metric.saturated metric/process java at 5",
        ]);
}
