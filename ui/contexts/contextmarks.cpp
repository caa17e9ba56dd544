#include "ui/contexts/contextmarks.h"

#include "core/kube/config/contextstore.h"

namespace Fairlead::Ui {

ContextMarks::ContextMarks(const Kube::ContextStore &contexts, Store::Settings &settings, QObject *parent)
    : QObject(parent)
    , m_contexts(contexts)
    , m_settings(settings)
{
    connect(&contexts, &Kube::ContextStore::changed, this, &ContextMarks::forget);
    connect(&settings, &Store::Settings::contextMarksChanged, this, &ContextMarks::forget);
}

QString ContextMarks::serverOf(const Kube::ContextRef &context) const
{
    return m_contexts.summary(context).server;
}

ContextMarks::Mark ContextMarks::of(const Kube::ContextRef &context) const
{
    const auto known = m_known.constFind(context);
    if (known != m_known.cend())
        return *known;
    const Mark mark = m_settings.contextMark(context.name, serverOf(context));
    m_known.insert(context, mark);
    return mark;
}

void ContextMarks::setColor(const Kube::ContextRef &context, Color color)
{
    Mark mark = of(context);
    mark.color = color;
    put(context, mark);
}

void ContextMarks::setProtected(const Kube::ContextRef &context, bool on)
{
    Mark mark = of(context);
    mark.isProtected = on;
    put(context, mark);
}

void ContextMarks::put(const Kube::ContextRef &context, const Mark &mark)
{
    m_settings.setContextMark(context.name, serverOf(context), mark);
}

void ContextMarks::forget()
{
    m_known.clear();
    emit changed();
}

} // namespace Fairlead::Ui
