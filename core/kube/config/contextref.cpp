#include "core/kube/config/contextref.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

QString contextKey(const ContextRef &context)
{
    return context.kubeconfig.isEmpty() ? context.name : context.name + u'\n' + context.kubeconfig;
}

ContextRef contextFromKey(const QString &key)
{
    return {key.section(u'\n', 0, 0), key.section(u'\n', 1)};
}

QString contextLabel(const ContextRef &context)
{
    if (context.kubeconfig.isEmpty())
        return context.name;
    static const QStringList usual{u"config"_s, u"kubeconfig"_s, u"config.yaml"_s, u"kubeconfig.yaml"_s};
    QString file = context.kubeconfig.section(u'/', -1);
    if (usual.contains(file))
        file = context.kubeconfig.section(u'/', -2);
    return u"%1 (%2)"_s.arg(context.name, file);
}

} // namespace Fairlead::Kube
