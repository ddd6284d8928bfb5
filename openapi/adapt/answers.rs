//! Sends each answer through `src/client/answer.rs`, which reads it leniently and knows a login page
//! from data.

use syn::{
    Expr, ExprCall, parse_quote,
    visit_mut::{self, VisitMut},
};

/// The pass over the generated code.
pub struct Answers;

impl VisitMut for Answers {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        visit_mut::visit_expr_mut(self, expression);
        // `ResponseValue::from_response(response).await`
        if let Expr::Await(wait) = expression
            && let Some(call) = call_of("from_response", &wait.base)
        {
            let arguments = &call.args;
            *expression = parse_quote!(crate::client::answer::read(#arguments).await);
        }
        // `Ok(ResponseValue::empty(response))` and `Ok(ResponseValue::stream(response))`
        if let Expr::Call(ok) = &*expression
            && let Some(inner) = ok.args.first()
        {
            if let Some(call) = call_of("empty", inner) {
                let arguments = &call.args;
                *expression = parse_quote!(crate::client::answer::none(#arguments).await);
            } else if let Some(call) = call_of("stream", inner) {
                let arguments = &call.args;
                *expression = parse_quote!(crate::client::answer::stream(#arguments).await);
            }
        }
    }
}

/// The call of this function of `ResponseValue`.
fn call_of<'a>(function: &str, expression: &'a Expr) -> Option<&'a ExprCall> {
    let Expr::Call(call) = expression else {
        return None;
    };
    let Expr::Path(path) = call.func.as_ref() else {
        return None;
    };
    let mut segments = path.path.segments.iter();
    let is_it = segments.next()?.ident == "ResponseValue" && segments.next()?.ident == function;
    is_it.then_some(call)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_answer_takes_our_way() {
        let mut file = syn::parse_str::<syn::File>(
            "async fn send() {
                match status {
                    200 => ResponseValue::from_response(response).await,
                    201 => Ok(ResponseValue::empty(response)),
                    202 => Ok(ResponseValue::stream(response)),
                    _ => Err(Error::UnexpectedResponse(response)),
                }
            }",
        )
        .unwrap();
        Answers.visit_file_mut(&mut file);
        insta::assert_snapshot!(prettyplease::unparse(&file), @"
        async fn send() {
            match status {
                200 => crate::client::answer::read(response).await,
                201 => crate::client::answer::none(response).await,
                202 => crate::client::answer::stream(response).await,
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
        ");
    }
}
