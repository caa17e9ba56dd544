#include "tests/core/kube/signin/scriptplugin.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

ScriptPlugin::ScriptPlugin(const QByteArray &body)
{
    rewrite(body);
}

void ScriptPlugin::rewrite(const QByteArray &body)
{
    const QString fresh = path() + ".new"_L1;
    QFile file(fresh);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        qFatal("cannot write the plugin");
    file.write("#!/bin/sh\nDIR=" + m_folder.path().toLocal8Bit()
               + "\necho run >> $DIR/runs\nRUNS=$(grep -c . $DIR/runs)\n" + body + '\n');
    file.close();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QFile::remove(path());
    QFile::rename(fresh, path()); // a script that is being run keeps its file
}

Kube::ExecPlugin ScriptPlugin::settings() const
{
    Kube::ExecPlugin result;
    result.command = path();
    result.apiVersion = u"client.authentication.k8s.io/v1"_s;
    result.interactiveMode = u"IfAvailable"_s;
    return result;
}

int ScriptPlugin::runs() const
{
    return int(wrote(u"runs"_s).count('\n'));
}

QByteArray ScriptPlugin::wrote(const QString &name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray printStatus(const QByteArray &status)
{
    return "cat <<END\n{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":"
        + status + "}\nEND\n";
}

} // namespace Fairlead::Test
