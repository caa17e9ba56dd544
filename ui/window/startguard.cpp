#include "ui/window/startguard.h"

#include "ui/contexts/contextmarks.h"
#include "ui/window/protectedquestion.h"

namespace Fairlead::Ui {

StartGuard::StartGuard(const ContextMarks &marks, QWidget &window)
    : QObject(&window)
    , m_marks(marks)
    , m_window(window)
{
}

void StartGuard::pass(const QList<Kube::ContextRef> &contexts, const std::function<void()> &then)
{
    const QList<Kube::ContextRef> asked = toAsk(contexts);
    if (asked.isEmpty()) {
        then();
        return;
    }
    QList<ProtectedQuestion::Place> places;
    for (const Kube::ContextRef &context : asked)
        places << ProtectedQuestion::Place{Kube::contextLabel(context), m_marks.serverOf(context)};
    auto *question = new ProtectedQuestion(places, &m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QDialog::accepted, this, [this, asked, then] {
        for (const Kube::ContextRef &context : asked)
            m_allowed << keyOf(context);
        then();
    });
    question->open();
}

QList<Kube::ContextRef> StartGuard::toAsk(const QList<Kube::ContextRef> &contexts) const
{
    QList<Kube::ContextRef> asked;
    for (const Kube::ContextRef &context : contexts) {
        if (m_marks.of(context).isProtected && !m_allowed.contains(keyOf(context)) && !asked.contains(context))
            asked << context;
    }
    return asked;
}

QString StartGuard::keyOf(const Kube::ContextRef &context) const
{
    return Kube::contextKey(context) + u'\n' + m_marks.serverOf(context);
}

} // namespace Fairlead::Ui
