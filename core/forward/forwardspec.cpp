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

} // namespace

bool runAlike(const ForwardSpec &one, const ForwardSpec &other)
{
    ForwardSpec same = one;
    same.name = other.name;
    same.about = other.about;
    return same == other;
}

QString shellCommand(const QStringList &words)
{
    QStringList all = words;
    std::transform(all.begin(), all.end(), all.begin(), quoted);
    return all.join(u' ');
}

QString commandLine(const ForwardSpec &spec, const QString &program)
{
    QStringList where{program};
    if (!spec.kubeconfig.isEmpty())
        where << u"--kubeconfig"_s << spec.kubeconfig;
    if (!spec.context.isEmpty())
        where << u"--context"_s << spec.context;
    if (!spec.namespaceName.isEmpty())
        where << u"-n"_s << spec.namespaceName;
    QStringList words = where + QStringList{u"port-forward"_s};
    if (!spec.addresses.isEmpty() && spec.addresses != QStringList{u"localhost"_s})
        words << u"--address"_s << spec.addresses.join(u',');
    QStringList ports;
    for (const Kube::PortArgument &port : spec.ports)
        ports << Kube::portText(port);
    if (spec.target.kind != Kube::TargetRef::Kind::Selector)
        return shellCommand(words + QStringList{Kube::targetText(spec.target)} + ports);
    // kubectl port-forward takes no selector: the shell asks for the name of a pod that has the labels.
    const QStringList question =
        where + QStringList{u"get"_s, u"pods"_s, u"-l"_s, spec.target.name, u"-o"_s, u"name"_s};
    return shellCommand(words) + u" \"$("_s + shellCommand(question) + u" | head -n 1)\" "_s + shellCommand(ports);
}

} // namespace Fairlead::Forward
