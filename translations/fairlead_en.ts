<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Fairlead::Forward::ForwardWorker</name>
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
    <name>Kubeconfig</name>
    <message numerus="yes">
        <source>More than %n KiB</source>
        <translation>
            <numerusform>More than %n KiB</numerusform>
            <numerusform>More than %n KiB</numerusform>
        </translation>
    </message>
</context>
</TS>
