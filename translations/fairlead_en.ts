<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Fairlead::Doctor::TargetStep</name>
    <message numerus="yes">
        <source>%1: pod %2 of %n</source>
        <comment>target, pod, number of pods</comment>
        <translation>
            <numerusform>%1: pod %2 of %n</numerusform>
            <numerusform>%1: pod %2 of %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::UpgradeStep</name>
    <message numerus="yes">
        <source>Nothing came back for %n second(s).</source>
        <translation>
            <numerusform>Nothing came back for %n second.</numerusform>
            <numerusform>Nothing came back for %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::VersionStep</name>
    <message numerus="yes">
        <source>Its clock is %n second(s) ahead of this computer&apos;s.</source>
        <translation>
            <numerusform>Its clock is %n second ahead of this computer&apos;s.</numerusform>
            <numerusform>Its clock is %n seconds ahead of this computer&apos;s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its clock is %n second(s) behind this computer&apos;s.</source>
        <translation>
            <numerusform>Its clock is %n second behind this computer&apos;s.</numerusform>
            <numerusform>Its clock is %n seconds behind this computer&apos;s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::ConnectionSet</name>
    <message numerus="yes">
        <source>No connection to the pod could be had in %n second(s).</source>
        <translation>
            <numerusform>No connection to the pod could be had in %n second.</numerusform>
            <numerusform>No connection to the pod could be had in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Kube::ApiError</name>
    <message numerus="yes">
        <source>%1 did not answer within %n second(s).</source>
        <translation>
            <numerusform>%1 did not answer within %n second.</numerusform>
            <numerusform>%1 did not answer within %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::CategoryModel</name>
    <message numerus="yes">
        <source>%1: %n forward(s)</source>
        <extracomment>Read aloud, an entry of the side bar: %1 is its name, then the number of forwards in it.</extracomment>
        <translation>
            <numerusform>%1: %n forward</numerusform>
            <numerusform>%1: %n forwards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Profile %1: %2 of %n forward(s) run</source>
        <extracomment>Read aloud, a profile in the side bar: %1 is its name, %2 how many of its forwards run.</extracomment>
        <translation>
            <numerusform>Profile %1: %2 of %n forward run</numerusform>
            <numerusform>Profile %1: %2 of %n forwards run</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::CloseQuestion</name>
    <message numerus="yes">
        <source>%n forward(s) will stop</source>
        <translation>
            <numerusform>%n forward will stop</numerusform>
            <numerusform>%n forwards will stop</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) are running</source>
        <translation>
            <numerusform>%n forward is running</numerusform>
            <numerusform>%n forwards are running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ConflictsDialog</name>
    <message numerus="yes">
        <source>%n thing(s) stand in the way</source>
        <extracomment>%1 is the name of a profile.</extracomment>
        <translation>
            <numerusform>%n thing stands in the way</numerusform>
            <numerusform>%n things stand in the way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) stand in the way of “%1”</source>
        <translation>
            <numerusform>%n thing stands in the way of “%1”</numerusform>
            <numerusform>%n things stand in the way of “%1”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) are to start. What is chosen here counts for this start; no profile is changed.</source>
        <translation>
            <numerusform>%n forward is to start. What is chosen here counts for this start; no profile is changed.</numerusform>
            <numerusform>%n forwards are to start. What is chosen here counts for this start; no profile is changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::Describe</name>
    <message numerus="yes">
        <source>next try in %n second(s)</source>
        <translation>
            <numerusform>next try in %n second</numerusform>
            <numerusform>next try in %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · next try in %n second(s)</source>
        <extracomment>Small print under a state: %1 is the reason, a sentence.</extracomment>
        <translation>
            <numerusform>%1 · next try in %n second</numerusform>
            <numerusform>%1 · next try in %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) held meanwhile.</source>
        <translation>
            <numerusform>%n connection held meanwhile.</numerusform>
            <numerusform>%n connections held meanwhile.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::DetailsPanel</name>
    <message numerus="yes">
        <source>%n forward(s) selected</source>
        <translation>
            <numerusform>%n forward selected</numerusform>
            <numerusform>%n forwards selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ExportDesk</name>
    <message numerus="yes">
        <source>%n forward(s) written to %1.</source>
        <translation>
            <numerusform>%n forward written to %1.</numerusform>
            <numerusform>%n forwards written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ForwardCommands</name>
    <message numerus="yes">
        <source>Removed %n forward(s).</source>
        <translation>
            <numerusform>Removed %n forward.</numerusform>
            <numerusform>Removed %n forwards.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %n address(es).</source>
        <translation>
            <numerusform>Copied %n address.</numerusform>
            <numerusform>Copied %n addresses.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %n %1 command(s).</source>
        <extracomment>%1 is the name of a program, kubectl or oc.</extracomment>
        <translation>
            <numerusform>Copied %n %1 command.</numerusform>
            <numerusform>Copied %n %1 commands.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied the details of %n forward(s).</source>
        <translation>
            <numerusform>Copied the details of %n forward.</numerusform>
            <numerusform>Copied the details of %n forwards.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ForwardsView</name>
    <message numerus="yes">
        <source>%n forward(s)</source>
        <translation>
            <numerusform>%n forward</numerusform>
            <numerusform>%n forwards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ImportDesk</name>
    <message numerus="yes">
        <source>%n forward(s) imported, stopped.</source>
        <translation>
            <numerusform>%n forward imported, stopped.</numerusform>
            <numerusform>%n forwards imported, stopped.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ImportDialog</name>
    <message numerus="yes">
        <source>%n can be taken as it is</source>
        <translation>
            <numerusform>%n can be taken as it is</numerusform>
            <numerusform>%n can be taken as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with changes</source>
        <translation>
            <numerusform>%n with changes</numerusform>
            <numerusform>%n with changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not at all</source>
        <translation>
            <numerusform>%n not at all</numerusform>
            <numerusform>%n not at all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: of %n forward(s), %2.</source>
        <extracomment>%1 is the name of a file format, %2 what can be done with its forwards.</extracomment>
        <translation>
            <numerusform>%1: of %n forward, %2.</numerusform>
            <numerusform>%1: of %n forwards, %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n forward(s)</source>
        <translation>
            <numerusform>Import %n forward</numerusform>
            <numerusform>Import %n forwards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::KubeconfigIntake</name>
    <message numerus="yes">
        <source>Added %n context(s): %1</source>
        <extracomment>%1 is a list of names of contexts.</extracomment>
        <translation>
            <numerusform>Added %n context: %1</numerusform>
            <numerusform>Added %n contexts: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PodsPane</name>
    <message numerus="yes">
        <source>%1 of %n pod(s)</source>
        <comment>matching of all</comment>
        <translation>
            <numerusform>%1 of %n pod</numerusform>
            <numerusform>%1 of %n pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n pod(s)</source>
        <comment>loaded of all</comment>
        <translation>
            <numerusform>%1 of %n pod</numerusform>
            <numerusform>%1 of %n pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n pod</numerusform>
            <numerusform>%n pods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProfileCommands</name>
    <message numerus="yes">
        <source>%n forward(s) added to profile &quot;%1&quot;.</source>
        <translation>
            <numerusform>%n forward added to profile &quot;%1&quot;.</numerusform>
            <numerusform>%n forwards added to profile &quot;%1&quot;.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProfileDesk</name>
    <message numerus="yes">
        <source>%n forward(s) ran when Fairlead was last closed.</source>
        <translation>
            <numerusform>%n forward ran when Fairlead was last closed.</numerusform>
            <numerusform>%n forwards ran when Fairlead was last closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) in protected contexts were not started.</source>
        <translation>
            <numerusform>%n forward in a protected context was not started.</numerusform>
            <numerusform>%n forwards in protected contexts were not started.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Profile “%1” has %n forward(s) to start.</source>
        <extracomment>%1 is the name of a profile.</extracomment>
        <translation>
            <numerusform>Profile “%1” has %n forward to start.</numerusform>
            <numerusform>Profile “%1” has %n forwards to start.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) that were moved here cannot run.</source>
        <translation>
            <numerusform>%n forward that was moved here cannot run.</numerusform>
            <numerusform>%n forwards that were moved here cannot run.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProfileStarter</name>
    <message numerus="yes">
        <source>%n forward(s) of profile &quot;%1&quot; started.</source>
        <translation>
            <numerusform>%n forward of profile &quot;%1&quot; started.</numerusform>
            <numerusform>%n forwards of profile &quot;%1&quot; started.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) of profile &quot;%1&quot; cannot run here.</source>
        <translation>
            <numerusform>%n forward of profile &quot;%1&quot; cannot run here.</numerusform>
            <numerusform>%n forwards of profile &quot;%1&quot; cannot run here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProfilesMenu</name>
    <message numerus="yes">
        <source>It holds %n forward(s) now.</source>
        <translation>
            <numerusform>It holds %n forward now.</numerusform>
            <numerusform>It holds %n forwards now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProtectedQuestion</name>
    <message numerus="yes">
        <source>Start in %n protected contexts?</source>
        <translation>
            <numerusform>Start in %n protected context?</numerusform>
            <numerusform>Start in %n protected contexts?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::StatusSummary</name>
    <message numerus="yes">
        <source>%n stopped</source>
        <translation>
            <numerusform>%n stopped</numerusform>
            <numerusform>%n stopped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n starting</source>
        <translation>
            <numerusform>%n starting</numerusform>
            <numerusform>%n starting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for a pod</source>
        <translation>
            <numerusform>%n waiting for a pod</numerusform>
            <numerusform>%n waiting for a pod</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reconnecting</source>
        <translation>
            <numerusform>%n reconnecting</numerusform>
            <numerusform>%n reconnecting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for a sign-in</source>
        <translation>
            <numerusform>%n waiting for a sign-in</numerusform>
            <numerusform>%n waiting for a sign-in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::TakeOverQuestion</name>
    <message numerus="yes">
        <source>%n forward(s) run.</source>
        <translation>
            <numerusform>%n forward runs.</numerusform>
            <numerusform>%n forwards run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) are open.</source>
        <translation>
            <numerusform>%n connection is open.</numerusform>
            <numerusform>%n connections are open.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Kubeconfig</name>
    <message numerus="yes">
        <source>More than %n KiB</source>
        <translation>
            <numerusform>More than %n KiB</numerusform>
            <numerusform>More than %n KiB</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PodChoice</name>
    <message numerus="yes">
        <source>%1: %2 of %n pod(s) ready.</source>
        <translation>
            <numerusform>%1: %2 of %n pod ready.</numerusform>
            <numerusform>%1: %2 of %n pods ready.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuietCut</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message numerus="yes">
        <source>The sign-in plugin %1 gave no credentials within %n second(s) and was ended.</source>
        <comment>%1 program</comment>
        <translation>
            <numerusform>The sign-in plugin %1 gave no credentials within %n second and was ended.</numerusform>
            <numerusform>The sign-in plugin %1 gave no credentials within %n seconds and was ended.</numerusform>
        </translation>
    </message>
</context>
</TS>
