#include "demoworld.h"

#include <QFile>

namespace {

/// The value of the `index`-th line with that key.
QByteArray lineValue(const QByteArray &text, const QByteArray &key, int index = 0)
{
    qsizetype at = -1;
    for (int i = 0; i <= index; ++i)
        at = text.indexOf(key + ": ", at + 1);
    const qsizetype begin = at + key.size() + 2;
    QByteArray value = text.mid(begin, text.indexOf('\n', begin) - begin);
    return value.replace('"', "");
}

} // namespace

DemoCredentials readDemoCredentials(const QString &kubeconfig)
{
    QFile file(kubeconfig);
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const auto decoded = [&text](const QByteArray &key) { return QByteArray::fromBase64(lineValue(text, key)); };
    return {decoded("certificate-authority-data"), decoded("client-certificate-data"), decoded("client-key-data"),
            lineValue(text, "token", 0), lineValue(text, "token", 1)};
}
