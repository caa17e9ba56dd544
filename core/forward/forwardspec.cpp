#include "core/forward/forwardspec.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Forward {

namespace {

bool isPlain(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
        || QStringView(u"-_./:@%+,=").contains(c);
}

/// POSIX: inside single quotes everything is literal but the single quote.
QString quoted(const QString &word)
{
    if (!word.isEmpty() && std::all_of(word.begin(), word.end(), isPlain))
        return word;
    QString escaped = word;
    escaped.replace(u'\'', u"'\\''"_s);
    return u'\'' + escaped + u'\'';
}

QString argumentOf(const Kube::PortArgument &port)
{
    if (!port.local)
        return port.remote;
    return *port.local == 0 ? u':' + port.remote : QString::number(*port.local) + u':' + port.remote;
}

} // namespace

QString commandLine(const ForwardSpec &spec, const QString &program)
{
    QStringList words{program};
    if (!spec.context.isEmpty())
        words << u"--context"_s << spec.context;
    if (!spec.namespaceName.isEmpty())
        words << u"-n"_s << spec.namespaceName;
    words << u"port-forward"_s;
    if (!spec.addresses.isEmpty() && spec.addresses != QStringList{u"localhost"_s})
        words << u"--address"_s << spec.addresses.join(u',');
    words << u"pod/"_s + spec.pod;
    for (const Kube::PortArgument &port : spec.ports)
        words << argumentOf(port);
    std::transform(words.begin(), words.end(), words.begin(), quoted);
    return words.join(u' ');
}

} // namespace Fairlead::Forward
